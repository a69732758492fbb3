using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>
/// A running server. It ends when its standard input is closed, and so with the sandbox, however that ends: the kernel closes the pipe
/// of a killed process too. A parent-death signal would not do, for it comes with the end of the thread that started the server.
/// </summary>
internal sealed class PostgresServer
{
    /// <summary>The administrator, as RDS calls its own.</summary>
    public const string Administrator = "rdsadmin";

    // $1 is the log. Who watches outlives what a terminal sends to everyone in it, or nobody would end the server. A
    // signal that comes before the server has its handlers is lost, so it is sent until there is nobody to send it to.
    private const string Script = """
        exec >>"$1" 2>&1
        shift
        exec 3<&0
        "$@" 3<&- </dev/null &
        server=$!
        { trap '' HUP INT TERM; read -r _ <&3; while kill -INT "$server" 2>/dev/null; do sleep 0.2; done; } &
        watch=$!
        wait "$server"
        code=$?
        kill "$watch" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;
    private readonly IDisposable? _lease;

    private PostgresServer(Process process, string folder, int port, IDisposable? lease)
    {
        _process = process;
        _folder = folder;
        _port = port;
        _lease = lease;
    }

    /// <summary>Starts a server on the data of a database's folder and waits until it answers.</summary>
    /// <param name="programs">What to start.</param>
    /// <param name="folder">The folder, with data, archive, log and Unix socket in it.</param>
    /// <param name="address">Where it listens; null for the Unix socket only.</param>
    /// <param name="lease">Given back when the server has ended.</param>
    /// <param name="settings">What is special about it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PostgresServer> StartAsync(
        PostgresPrograms programs, string folder, DatabaseAddress? address, IDisposable? lease, IEnumerable<string> settings,
        CancellationToken cancellationToken)
    {
        var port = address?.Port ?? 5432;
        var archive = Path.Combine(folder, "archive");
        string[] all =
        [
            "listen_addresses=" + address?.Host,
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "unix_socket_directories=" + folder,
            "archive_mode=on",

            // A copy that is cut short must not look like a whole segment.
            $"archive_command=cp \"%p\" \"{archive}/%f.part\" && mv \"{archive}/%f.part\" \"{archive}/%f\"",
            "wal_level=replica",
            "max_wal_senders=0",
            "shared_buffers=16MB",
            "min_wal_size=4MB",
            "max_worker_processes=2",
            "max_logical_replication_workers=0",
            "autovacuum_max_workers=1",
            "jit=off",

            // Nothing here has to outlive the machine.
            "fsync=off",
            "timezone=UTC",
            "log_timezone=UTC",
            .. settings,
        ];
        try
        {
            var process = programs.Shell.Start(
                Script, [Path.Combine(folder, "log"), programs.Server, "-D", Path.Combine(folder, "data"), .. all.SelectMany(s => (string[])["-c", s])]);
            var server = new PostgresServer(process, folder, port, lease);
            try
            {
                await server.WaitAsync(cancellationToken);
                return server;
            }
            catch
            {
                await server.StopAsync();
                throw;
            }
        }
        catch
        {
            lease?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session of the administrator's.</summary>
    public Task<PostgresSession> ConnectAsync(CancellationToken cancellationToken) => PostgresSession.ConnectAsync(
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{_port}")), Administrator, "postgres", cancellationToken);

    /// <summary>Has everything that was committed so far in the archive, and a commit after it: a recovery only knows that it has reached
    /// an instant when it sees a later commit.</summary>
    public async Task CompleteArchiveAsync(CancellationToken cancellationToken)
    {
        string segment;
        using (var session = await ConnectAsync(cancellationToken))
        {
            await session.QueryAsync("SELECT txid_current()", cancellationToken);
            segment = await session.QueryAsync("SELECT pg_walfile_name(pg_switch_wal())", cancellationToken)
                ?? throw new PostgresException("The server does not name its segment.");
        }

        var path = Path.Combine(_folder, "archive", segment);
        await UntilAsync(() => Task.FromResult(File.Exists(path)), "archive " + segment, cancellationToken);
    }

    /// <summary>Ends the server in good order: sessions are cut off, everything is written and archived. Does nothing when it has ended
    /// already.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _lease?.Dispose();
    }

    // Without hot_standby a server in recovery takes no session, so the first one also tells that the recovery is over.
    private Task WaitAsync(CancellationToken cancellationToken) => UntilAsync(
        async () =>
        {
            try
            {
                using var session = await ConnectAsync(cancellationToken);
                return true;
            }
            catch (Exception e) when (e is SocketException or PostgresException or IOException)
            {
                return false;
            }
        },
        "start",
        cancellationToken);

    private async Task UntilAsync(Func<Task<bool>> isDone, string what, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await isDone())
        {
            if (_process.HasExited || (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
                throw new PostgresException($"The server did not {what}: {string.Join('\n', File.ReadLines(Path.Combine(_folder, "log")).TakeLast(12))}");

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
