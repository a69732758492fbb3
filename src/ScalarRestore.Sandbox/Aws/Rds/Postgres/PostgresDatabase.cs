using System.Globalization;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>
/// One database: a folder with its data, its archive of write-ahead log, and as base backup a copy of the data from before the server
/// first ran on it. What is asked of it happens in the order of asking; once something has failed, so does all that follows.
/// </summary>
internal sealed class PostgresDatabase(PostgresHome home, AddressBook addresses, CancellationToken ended)
{
    private readonly string _folder = home.NewFolder();
    private readonly Lock _lock = new();
    private Task _queue = Task.CompletedTask;
    private PostgresServer? _server;
    private DatabaseAddress? _address;

    // Whether there is anything since the base backup.
    private bool _hasRun;
    private bool _hasData;

    /// <summary>Makes it empty, but for the master user and the first database.</summary>
    public Task CreateAsync(DatabaseIdentity identity) => Enqueue(async () =>
    {
        await home.Programs.Shell.RunAsync(
            "mkdir -m 700 \"$1\" && mkdir \"$1/archive\" && cp -a \"$2\" \"$1/data\"", [_folder, await home.TemplateAsync(ended)], ended);
        await home.AlterAsync(Data, Beginning(identity), ended);
        await BackUpAsync();
    });

    /// <summary>Makes it what another was at an instant.</summary>
    /// <param name="source">The other.</param>
    /// <param name="asOf">The instant, in real time.</param>
    public Task RestoreAsync(PostgresDatabase source, DateTimeOffset asOf)
    {
        // Asked for now, so that it comes before whatever happens to the source next.
        var copied = source.BranchAsync(_folder);
        return Enqueue(async () =>
        {
            if (await copied)
            {
                string[] recovery =
                [
                    $"restore_command=cp \"{_folder}/incoming/%f\" \"%p\"",
                    "recovery_target_time=" + asOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture),
                    "recovery_target_action=promote",
                    "recovery_target_timeline=current",
                    "hot_standby=off",
                ];
                await home.Programs.Shell.RunAsync("touch \"$1/recovery.signal\"", [Data], ended);
                var server = await PostgresServer.StartAsync(home.Programs, _folder, address: null, lease: null, recovery, ended);
                await server.StopAsync();
            }

            await BackUpAsync();
        });
    }

    /// <summary>Lets it answer at an address, and nowhere else any more.</summary>
    public Task OpenAsync(DatabaseAddress address) => Enqueue(async () =>
    {
        if (_server is not null && _address == address)
            return;

        await StopAsync();
        var lease = await addresses.LeaseAsync(address, ended);
        _hasRun = true;
        _server = await PostgresServer.StartAsync(home.Programs, _folder, address, lease, [], ended);
        _address = address;
    });

    /// <summary>Gives the master user another password.</summary>
    public Task ChangePasswordAsync(string user, string password) => Enqueue(() => WithServerAsync(async server =>
    {
        using var session = await server.ConnectAsync(ended);
        await session.QueryAsync("SET log_min_error_statement = panic", ended);
        await session.QueryAsync($"ALTER ROLE {Name(user)} PASSWORD '{ScramVerifier.Make(password)}'", ended);
    }));

    /// <summary>Ends it.</summary>
    /// <param name="keepBackups">Whether it can be restored all the same.</param>
    public Task DeleteAsync(bool keepBackups)
    {
        lock (_lock)
        {
            return _queue = RunAsync(_queue);
        }

        async Task RunAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            if (keepBackups && _server is { } server)
                await server.CompleteArchiveAsync(ended);

            await StopAsync();
            _hasData = false;
            await home.Programs.Shell.RunAsync("rm -rf -- \"$1\"", [keepBackups ? Data : _folder], ended);
        }
    }

    /// <summary>Waits for what goes on, and ends the server.</summary>
    public async Task EndAsync()
    {
        Task queue;
        lock (_lock)
        {
            queue = _queue;
        }

        await queue.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopAsync();
    }

    private string Data => Path.Combine(_folder, "data");

    // Names are as PostgreSQL has them unquoted: RDS makes them without quotes.
    private static string Name(string name) => '"' + name.ToLowerInvariant().Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Beginning(DatabaseIdentity identity)
    {
        var user = Name(identity.MasterUsername!);

        // A managed password is in a service that the sandbox does not have: nobody knows it.
        var password = identity.MasterPassword is { } known ? $" PASSWORD '{ScramVerifier.Make(known)}'" : "";
        var database = identity.DatabaseName is { } name && name != "postgres" ? $"CREATE DATABASE {Name(name)} OWNER {user}\n" : "";
        return $"CREATE ROLE {user} LOGIN CREATEDB CREATEROLE IN ROLE rds_superuser{password}\nALTER DATABASE postgres OWNER TO {user}\n{database}";
    }

    // Puts a copy of the base backup and the archive into the folder of another. False where the backup is all there is.
    private Task<bool> BranchAsync(string target)
    {
        var branched = false;
        var done = Enqueue(async () =>
        {
            if (_hasRun && _hasData)
                await WithServerAsync(server => server.CompleteArchiveAsync(ended));

            // The archive may go with the source before it is read. Its files never change, so links to them do.
            var link = OperatingSystem.IsLinux() ? "-al" : "-a";
            await home.Programs.Shell.RunAsync(
                "mkdir -m 700 \"$2\" && mkdir \"$2/archive\" && cp -a \"$1/base\" \"$2/data\" && cp \"$3\" \"$1/archive\" \"$2/incoming\"",
                [_folder, target, link],
                ended);
            branched = _hasRun;
        });
        return AnswerAsync();

        async Task<bool> AnswerAsync()
        {
            await done;
            return branched;
        }
    }

    // The server has ended in good order, so a plain copy of its data is a base backup, and is consistent from its first moment on.
    private async Task BackUpAsync()
    {
        await home.Programs.Shell.RunAsync("rm -rf -- \"$1/incoming\" && cp -a \"$1/data\" \"$1/base\"", [_folder], ended);
        _hasData = true;
    }

    // With the server that answers, or with one that nobody else reaches.
    private async Task WithServerAsync(Func<PostgresServer, Task> action)
    {
        if (_server is { } present)
        {
            await action(present);
            return;
        }

        _hasRun = true;
        var server = await PostgresServer.StartAsync(home.Programs, _folder, address: null, lease: null, [], ended);
        try
        {
            await action(server);
        }
        finally
        {
            await server.StopAsync();
        }
    }

    private async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
            await server.StopAsync();
    }

    private Task Enqueue(Func<Task> work)
    {
        lock (_lock)
        {
            return _queue = RunAsync(_queue);
        }

        async Task RunAsync(Task before)
        {
            // Callers hold a lock, and must not wait for the first step either.
            await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await work();
        }
    }
}
