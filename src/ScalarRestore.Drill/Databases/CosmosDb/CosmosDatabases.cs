using ScalarRestore.Drill.Databases.Azure;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>A Cosmos DB account for each release; the first release has its key from a Secret, the others have theirs in their properties.</summary>
internal sealed class CosmosDatabases : IWorldDatabases
{
    /// <summary>The variable, and the Secret's key, behind the first release's placeholder.</summary>
    public const string KeyVariable = "DRILL_COSMOS_KEY";

    private const string Placeholder = "{{ default .Env." + KeyVariable + " \"\" }}";

    private readonly SandboxChild _sandbox;
    private readonly Func<ReleaseSpec, CancellationToken, Task<ReleaseEndpoints>> _endpoints;
    private readonly AzureApi _azure;
    private readonly bool _restoresOften;
    private readonly ReleaseSpec _fed;
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>Makes the accounts' clients.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="releases">The releases.</param>
    /// <param name="endpoints">Reads where a release's endpoint stands.</param>
    public CosmosDatabases(
        DrillOptions options, SandboxChild sandbox, IReadOnlyList<ReleaseSpec> releases, Func<ReleaseSpec, CancellationToken, Task<ReleaseEndpoints>> endpoints)
    {
        _sandbox = sandbox;
        _endpoints = endpoints;
        _restoresOften = options.KillMatrix;
        _fed = releases[0];
        _azure = new AzureApi(sandbox.Ready["azure"]!);
        Api = new AccountApi(_azure);
        Items = new ItemMaker(options.Items);
        Maker = new AccountMaker(sandbox, Items);
        Sources = [.. releases.Select(release => AccountSource.Of(release, options.Tables))];
    }

    /// <summary>What stands behind the releases now.</summary>
    public IReadOnlyList<AccountSource> Sources { get; private set; }

    /// <summary>The accounts at Azure Resource Manager.</summary>
    public AccountApi Api { get; }

    /// <summary>Makes accounts, and writes to them.</summary>
    public AccountMaker Maker { get; }

    /// <summary>Makes items.</summary>
    public ItemMaker Items { get; }

    /// <inheritdoc/>
    public string What => string.Join(", ", Sources.Select(source => source.What));

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. Sources.Select(source => source.Name)];

    /// <inheritdoc/>
    public bool MovesEndpoints => true;

    /// <inheritdoc/>
    public string? OutOfReach => null;

    /// <inheritdoc/>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await Maker.MakeGroupAsync(cancellationToken);
        foreach (var source in Sources)
        {
            await Maker.MakeAsync(source, cancellationToken);
            _keys[source.Release.Name] = await Api.KeyAsync(source.Name, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public string Properties(ReleaseSpec release) => $"""
        # The account, and its key
        scalar.db.storage=cosmos
        scalar.db.contact_points={Sources.First(source => source.Release == release).Uri}
        scalar.db.password={(release == _fed ? Placeholder : _keys[release.Name])}
        """.ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables(ReleaseSpec release) => release == _fed
        ? new Dictionary<string, string>(StringComparer.Ordinal) { [KeyVariable] = _keys[release.Name] }
        : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task StartWritingAsync(bool resumes, CancellationToken cancellationToken)
    {
        if (resumes)
        {
            return;
        }

        foreach (var source in Sources)
        {
            await Maker.WriteAsync(source, Items.Work, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<int?> StopWritingAsync(CancellationToken cancellationToken) => Task.FromResult<int?>(null);

    /// <inheritdoc/>
    public async Task<IPausedDatabases> NoteAsync(CancellationToken cancellationToken)
    {
        var paused = new List<PausedAccount>();
        foreach (var source in Sources)
        {
            paused.Add(new PausedAccount(source, await Api.ViewAsync(source.Name, cancellationToken), await Maker.ReadAsync(source, cancellationToken), _keys[source.Release.Name]));
        }

        return new PausedCosmos(this, _sandbox, paused, await _sandbox.Control.LastCallAsync(cancellationToken));
    }

    /// <summary>Where a release's endpoint stands now.</summary>
    public Task<ReleaseEndpoints> EndpointsAsync(ReleaseSpec release, CancellationToken cancellationToken) => _endpoints(release, cancellationToken);

    /// <summary>
    /// From now on a restored account stands behind the release, and is the source of the next restore. Where many follow, the one before is
    /// deleted, as an administrator would do who is sure of his restore.
    /// </summary>
    public async Task FollowAsync(PausedAccount before, AccountSource now, CancellationToken cancellationToken)
    {
        Sources = [.. Sources.Select(source => source == before.Source ? now : source)];
        _keys[now.Release.Name] = await Api.KeyAsync(now.Name, cancellationToken);
        if (_restoresOften)
        {
            await Api.DeleteAsync(before.Source.Name, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _azure.Dispose();
}
