using System.Diagnostics;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>
/// The temporary folder that all databases of a sandbox live in. It is removed by a process that waits for the sandbox to end, because
/// one that is killed cannot do so; servers end by themselves, see <see cref="PostgresServer"/>.
/// </summary>
internal sealed class PostgresHome : IAsyncDisposable
{
    // A killed sandbox may leave servers that are just ending and copies that are just being made, so it tries for a while.
    // What a terminal sends to everyone in it must not end it first.
    private const string Keeper = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        read -r _
        n=0
        while [ "$n" -lt 100 ] && ls "$1"/*/data/postmaster.pid; do sleep 0.1; n=$((n + 1)); done
        n=0
        while [ "$n" -lt 50 ] && [ -e "$1" ]; do rm -rf -- "$1"; [ ! -e "$1" ] || sleep 0.1; n=$((n + 1)); done
        """;

    // RDS's own roles. Everyone who reaches the Unix socket is the administrator, and only the account itself reaches it.
    private const string Template = """
        "$1" -D "$2" -U "$3" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C --wal-segsize=1 --no-sync
        """;

    private const string Roles = """
        CREATE ROLE rds_superuser
        GRANT pg_monitor, pg_signal_backend TO rds_superuser WITH ADMIN OPTION

        """;

    private readonly Process _keeper;
    private readonly Lock _lock = new();
    private Task<string>? _template;
    private int _count;

    private PostgresHome(PostgresPrograms programs, string folder, Process keeper)
    {
        Programs = programs;
        Folder = folder;
        _keeper = keeper;
    }

    public PostgresPrograms Programs { get; }

    public string Folder { get; }

    public static async Task<PostgresHome> MakeAsync(PostgresPrograms programs, CancellationToken cancellationToken)
    {
        // Not below the sandbox's own folder, which the account of the servers may not enter.
        var folder = Directory.CreateTempSubdirectory("scalar-postgres-").FullName;
        if (programs.Account.Owner is { } owner)
            await new PostgresShell(new PostgresAccount([], Owner: null)).RunAsync("chown \"$1\" \"$2\"", [owner, folder], cancellationToken);

        return new PostgresHome(programs, folder, programs.Shell.Start(Keeper, [folder]));
    }

    /// <summary>A folder for a database; it does not exist yet. The name is short, for that of a Unix socket must be.</summary>
    public string NewFolder() => Path.Combine(Folder, "db" + Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Data of an empty server to copy, since initdb takes far longer than that.</summary>
    public Task<string> TemplateAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _template ??= InitializeAsync(cancellationToken);
        }
    }

    /// <summary>Runs SQL, one statement a line, on data that no server runs on.</summary>
    public Task AlterAsync(string data, string sql, CancellationToken cancellationToken) => Programs.Shell.RunAsync(
        "\"$1\" --single -D \"$2\" -c exit_on_error=on -c fsync=off -c log_min_error_statement=panic postgres",
        [Programs.Server, data],
        cancellationToken,
        sql);

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync(CancellationToken.None);
        _keeper.Dispose();
    }

    private async Task<string> InitializeAsync(CancellationToken cancellationToken)
    {
        var data = Path.Combine(Folder, "template");
        await Programs.Shell.RunAsync(Template, [Programs.Initializer, data, PostgresServer.Administrator], cancellationToken);
        await AlterAsync(data, Roles, cancellationToken);
        return data;
    }
}
