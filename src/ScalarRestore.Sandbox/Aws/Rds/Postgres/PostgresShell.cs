using System.ComponentModel;
using System.Diagnostics;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>Runs shell scripts under the account of the servers.</summary>
internal sealed class PostgresShell(PostgresAccount account)
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script; it fails with its first command that does.</param>
    /// <param name="arguments">Its arguments, so that no path has to be quoted.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <param name="input">What it reads.</param>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> RunAsync(
        string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken, string input = "")
    {
        using var process = Start("set -e\n" + script, arguments, captures: true);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading, and says why itself.
            }

            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? await output : throw new PostgresException((await errors + await output).Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts a script whose standard input stays open until the caller closes it, or ends.</summary>
    public Process Start(string script, IReadOnlyList<string> arguments, bool captures = false)
    {
        string[] command = [.. account.Prefix, "/bin/sh", "-c", script, "sh", .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = captures,
            RedirectStandardError = captures,
            UseShellExecute = false,

            // The account may have no right to the sandbox's own folder.
            WorkingDirectory = "/",
        };

        // Nothing of the user's own databases is to be taken for ours.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);

        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start) ?? throw new PostgresException($"{command[0]} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new PostgresException($"{command[0]} did not start: {e.Message}", e);
        }
    }
}
