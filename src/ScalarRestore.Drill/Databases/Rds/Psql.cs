using System.Diagnostics;
using System.Globalization;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Runs psql, PostgreSQL's own client.</summary>
internal static class Psql
{
    private const string Scheme = "jdbc:";

    /// <summary>Whether it can be run here.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "psql.exe" : "psql")));

    /// <summary>Runs a script and returns what it prints.</summary>
    /// <param name="url">A JDBC URL, of which host, port and database count.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The password: through the environment, since anybody can read command lines.</param>
    /// <param name="sql">The script; any error in it ends it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<string> RunAsync(string url, string user, string password, string sql, CancellationToken cancellationToken)
    {
        var at = new Uri(url[Scheme.Length..]);
        var start = new ProcessStartInfo("psql") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--no-password", "--set", "ON_ERROR_STOP=1",
            "--host", at.Host, "--port", at.Port.ToString(CultureInfo.InvariantCulture), "--username", user, "--dbname", at.AbsolutePath.TrimStart('/'),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("psql could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(sql.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"psql at {at.Authority}: {await errors}");
    }
}
