using System.Security.Cryptography;
using ScalarRestore.Drill.Databases.Aws;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>An RDS instance or an Aurora cluster for each release.</summary>
internal sealed class RdsDatabases : IWorldDatabases
{
    private readonly SandboxChild _sandbox;
    private readonly Func<ReleaseSpec, CancellationToken, Task<ReleaseEndpoints>> _endpoints;
    private readonly string _password = RandomNumberGenerator.GetHexString(24);
    private readonly SignedHttp _http;
    private readonly RdsApi _rds;
    private readonly ScalingApi _scaling;
    private readonly SourceMaker _maker;
    private readonly SourceRemover _remover;
    private readonly bool _restoresOften;
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>Makes the databases' clients.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="releases">The releases.</param>
    /// <param name="endpoints">Reads where a release's endpoint stands.</param>
    public RdsDatabases(
        DrillOptions options, SandboxChild sandbox, IReadOnlyList<ReleaseSpec> releases, Func<ReleaseSpec, CancellationToken, Task<ReleaseEndpoints>> endpoints)
    {
        _sandbox = sandbox;
        _endpoints = endpoints;
        _restoresOften = options.KillMatrix;
        var access = AwsAccess.Of(sandbox.Ready);
        _http = new SignedHttp(access);
        _rds = new RdsApi(_http);
        _scaling = new ScalingApi(_http);
        _maker = new SourceMaker(_rds, _scaling, sandbox, access, _password);
        _remover = new SourceRemover(_rds, _maker);
        Sources = [.. releases.Select(release => new RdsSource(release, IsCluster(options.Database, release), $"{release.Name}-db"))];
        Rows = sandbox.Postgres is null ? null : new RowStore(options.Tables, options.Items, _password);
    }

    /// <summary>What stands behind the releases now.</summary>
    public IReadOnlyList<RdsSource> Sources { get; private set; }

    /// <summary>The rows; null where no PostgreSQL runs behind the endpoints.</summary>
    public RowStore? Rows { get; }

    /// <inheritdoc/>
    public string What => string.Join(", ", Sources.Select(source => source.What));

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. Sources.Select(source => source.Identifier)];

    /// <inheritdoc/>
    public bool MovesEndpoints => true;

    /// <inheritdoc/>
    public string? OutOfReach => Rows is null ? "rows, since no PostgreSQL runs behind the endpoints" : null;

    /// <inheritdoc/>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await _maker.MakeGroupsAsync(cancellationToken);
        await Task.WhenAll(Sources.Select(source => _maker.MakeAsync(source, cancellationToken)));
        foreach (var source in Sources)
        {
            _addresses[source.Release.Name] = (await ViewAsync(source, cancellationToken)).Address;
        }

        if (Rows is not null)
        {
            await Task.WhenAll(Sources.Select(source => Rows.FillAsync(Url(source), cancellationToken)));
        }
    }

    /// <inheritdoc/>
    public string Properties(ReleaseSpec release) => $"""
        # The database, and its user
        scalar.db.storage=jdbc
        scalar.db.contact_points={Url(Sources.First(source => source.Release == release))}
        scalar.db.username={RdsSource.User}
        scalar.db.password={_password}
        """.ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables(ReleaseSpec release) => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task StartWritingAsync(bool resumes, CancellationToken cancellationToken)
    {
        if (!resumes && Rows is not null)
        {
            await Task.WhenAll(Sources.Select(source => Rows.WorkAsync(Url(source), cancellationToken)));
        }
    }

    /// <inheritdoc/>
    public Task<int?> StopWritingAsync(CancellationToken cancellationToken) => Task.FromResult<int?>(null);

    /// <inheritdoc/>
    public async Task<IPausedDatabases> NoteAsync(CancellationToken cancellationToken)
    {
        var paused = new List<PausedDatabase>();
        foreach (var source in Sources)
        {
            await _maker.UntilRestorableAsync(source, cancellationToken);
            var rows = Rows is null ? null : await Rows.ReadAsync(Url(source), cancellationToken);
            paused.Add(new PausedDatabase(source, await ViewAsync(source, cancellationToken), rows));
        }

        return new PausedRds(this, _sandbox, paused, await _sandbox.Control.LastCallAsync(cancellationToken));
    }

    /// <summary>Everything that the API tells of one.</summary>
    public Task<DatabaseView> ViewAsync(RdsSource source, CancellationToken cancellationToken) =>
        DatabaseView.ReadAsync(_rds, _scaling, source.Identifier, source.IsCluster, cancellationToken);

    /// <summary>Where a release's endpoint stands now.</summary>
    public Task<ReleaseEndpoints> EndpointsAsync(ReleaseSpec release, CancellationToken cancellationToken) => _endpoints(release, cancellationToken);

    /// <summary>
    /// From now on a restored database stands behind the release, and is the source of the next restore. Where many follow, the one before is
    /// deleted, as an administrator would do who is sure of his restore.
    /// </summary>
    public async Task FollowAsync(PausedDatabase before, RdsSource now, string address, CancellationToken cancellationToken)
    {
        Sources = [.. Sources.Select(source => source == before.Source ? now : source)];
        _addresses[now.Release.Name] = address;
        if (_restoresOften)
        {
            await _remover.RemoveAsync(before, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsCluster(DatabaseChoice choice, ReleaseSpec release) =>
        choice == DatabaseChoice.Aurora || (choice == DatabaseChoice.Mixed && release == ReleaseSpec.Ledger);

    private string Url(RdsSource source) => $"jdbc:postgresql://{_addresses[source.Release.Name]}/{RdsSource.Database}";
}
