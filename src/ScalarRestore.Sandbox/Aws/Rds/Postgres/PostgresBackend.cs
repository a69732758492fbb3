using System.Collections.Concurrent;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>
/// Real PostgreSQL servers behind the endpoints of instances and clusters of PostgreSQL; a restore to a point in time is one: a base
/// backup and archived write-ahead log up to that time. Other engines have nobody behind their endpoints.
/// </summary>
internal sealed class PostgresBackend : IDatabaseBackend, IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<string, PostgresDatabase> _databases = new(StringComparer.Ordinal);
    private readonly AddressBook _addresses = new();
    private readonly SandboxClock _clock;
    private readonly PostgresHome _home;

    private PostgresBackend(SandboxClock clock, PostgresHome home)
    {
        _clock = clock;
        _home = home;
    }

    /// <summary>The version of the servers, whatever the API calls it.</summary>
    public string Version => _home.Programs.Version;

    /// <summary>Finds PostgreSQL and gets ready to use it.</summary>
    /// <param name="option">The folder of its programs, <c>auto</c>, or null for none.</param>
    /// <param name="clock">The sandbox's time; servers live in the real one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where it was not asked for, or was not found by <c>auto</c>.</returns>
    public static async Task<PostgresBackend?> StartAsync(string? option, SandboxClock clock, CancellationToken cancellationToken)
    {
        if (option is null || await PostgresPrograms.FindAsync(option, cancellationToken) is not { } programs)
            return null;

        return new PostgresBackend(clock, await PostgresHome.MakeAsync(programs, cancellationToken));
    }

    public DatabaseAddress? Address(DatabaseIdentity database) => IsOurs(database) ? _addresses.Of(database) : null;

    public Task CreateAsync(DatabaseIdentity database) =>
        IsOurs(database) ? ReportingAsync(database, "made", Of(database).CreateAsync(database)) : Task.CompletedTask;

    public Task RestoreAsync(DatabaseIdentity source, DatabaseIdentity target, DateTimeOffset asOf) =>
        IsOurs(target) ? ReportingAsync(target, "restored", Of(target).RestoreAsync(Of(source), _clock.ToReal(asOf))) : Task.CompletedTask;

    public Task OpenAsync(DatabaseIdentity database) =>
        IsOurs(database) ? ReportingAsync(database, "opened", Of(database).OpenAsync(_addresses.Of(database))) : Task.CompletedTask;

    public void Rename(DatabaseIdentity database, string oldIdentifier)
    {
        // It is known by its resource id, and gets its new address when it is opened again.
    }

    public Task ChangePasswordAsync(DatabaseIdentity database) =>
        IsOurs(database) && database is { MasterUsername: { } user, MasterPassword: { } password }
            ? ReportingAsync(database, "given a password", Of(database).ChangePasswordAsync(user, password))
            : Task.CompletedTask;

    public void Delete(DatabaseIdentity database, bool keepBackups)
    {
        if (_databases.TryGetValue(database.ResourceId, out var present))
            _ = ReportingAsync(database, "deleted", present.DeleteAsync(keepBackups));
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_databases.Values.Select(d => d.EndAsync()));
        await _home.DisposeAsync();
        _addresses.Dispose();
        _ended.Dispose();
    }

    private static bool IsOurs(DatabaseIdentity database) => database.Engine is "postgres" or "aurora-postgresql";

    private PostgresDatabase Of(DatabaseIdentity database) =>
        _databases.GetOrAdd(database.ResourceId, _ => new PostgresDatabase(_home, _addresses, _ended.Token));

    // The API only shows that a database is dead, not why.
    private async Task ReportingAsync(DatabaseIdentity database, string what, Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (!_ended.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"sandbox: {database.Identifier} was not {what}: {e.Message}");
            throw;
        }
    }
}
