namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>An installed PostgreSQL, and the account that can run it.</summary>
/// <param name="Folder">Where postgres and initdb are; nothing else of it is needed.</param>
/// <param name="Version">For example 15.18.</param>
/// <param name="Account">Who runs it.</param>
internal sealed record PostgresPrograms(string Folder, string Version, PostgresAccount Account)
{
    private static readonly string[] Names = ["postgres", "initdb"];

    public string Server => Path.Combine(Folder, "postgres");

    public string Initializer => Path.Combine(Folder, "initdb");

    public PostgresShell Shell => new(Account);

    /// <summary>Finds what the option asks for.</summary>
    /// <param name="option">A folder, or <c>auto</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null where nothing can be used and nothing in particular was asked for.</returns>
    public static async Task<PostgresPrograms?> FindAsync(string option, CancellationToken cancellationToken)
    {
        var isAuto = option == "auto";
        if (OperatingSystem.IsWindows())
            return isAuto ? null : throw new ArgumentException("--postgres: the sandbox runs PostgreSQL on Linux and macOS only.");

        if (await PostgresAccount.FindAsync(cancellationToken) is not { } account)
            return isAuto ? null : throw new ArgumentException("--postgres: PostgreSQL does not run as root, and setpriv and runuser cannot hand it to postgres or nobody.");

        var problem = $"{option} does not hold postgres and initdb.";
        foreach (var folder in isAuto ? Candidates() : [Path.GetFullPath(option)])
        {
            if (!Array.TrueForAll(Names, n => File.Exists(Path.Combine(folder, n))))
                continue;

            try
            {
                // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
                var line = await new PostgresShell(account).RunAsync(
                    "\"$1/postgres\" --version", [folder], cancellationToken);
                return new PostgresPrograms(folder, line.Split(' ')[2].Trim(), account);
            }
            catch (PostgresException e)
            {
                problem = e.Message;
            }
        }

        return isAuto ? null : throw new ArgumentException("--postgres: " + problem);
    }

    private static IEnumerable<string> Candidates()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0)
            : Enumerable.Empty<string>();
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(debian.Select(d => Path.Combine(d, "bin")))
            .Append("/usr/local/bin")
            .Append("/usr/local/pgsql/bin");
    }
}
