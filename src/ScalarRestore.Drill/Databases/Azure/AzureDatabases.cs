using System.Text.Json.Nodes;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>
/// An account or a server for each release. Of accounts, the first release has its key from a Secret, and the others have theirs in their
/// properties.
/// </summary>
internal sealed class AzureDatabases : IWorldDatabases
{
    /// <summary>The variable, and the Secret's key, behind the first release's placeholder.</summary>
    public const string KeyVariable = "DRILL_ACCOUNT_KEY";

    private const string Placeholder = "{{ default .Env." + KeyVariable + " \"\" }}";

    private readonly SandboxChild _sandbox;
    private readonly Func<ReleaseSpec, CancellationToken, Task<ReleaseEndpoints>> _endpoints;
    private readonly AzureApi _azure;
    private readonly bool _restoresOften;
    private readonly Dictionary<string, string?> _keys = new(StringComparer.Ordinal);

    /// <summary>Makes the clients.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="releases">The releases.</param>
    /// <param name="endpoints">Reads where a release's endpoint stands.</param>
    /// <param name="kind">Makes the kind of databases.</param>
    public AzureDatabases(
        DrillOptions options,
        SandboxChild sandbox,
        IReadOnlyList<ReleaseSpec> releases,
        Func<ReleaseSpec, CancellationToken, Task<ReleaseEndpoints>> endpoints,
        Func<SandboxChild, AzureApi, AzureKind> kind)
    {
        _sandbox = sandbox;
        _endpoints = endpoints;
        _restoresOften = options.KillMatrix;
        _azure = new AzureApi(sandbox.Ready["azure"]!);
        Kind = kind(sandbox, _azure);
        Items = new ItemMaker(options.Items);
        Sources = [.. releases.Select(release => Kind.Of(release, options.Tables))];
    }

    /// <summary>The kind of databases.</summary>
    public AzureKind Kind { get; }

    /// <summary>What stands behind the releases now.</summary>
    public IReadOnlyList<AzureSource> Sources { get; private set; }

    /// <summary>Makes items.</summary>
    public ItemMaker Items { get; }

    /// <inheritdoc/>
    public string What => string.Join(", ", Sources.Select(source => $"{Kind.Noun} {source.Name}"));

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. Sources.Select(source => source.Name)];

    /// <inheritdoc/>
    public bool MovesEndpoints => true;

    /// <inheritdoc/>
    public string? OutOfReach => null;

    /// <inheritdoc/>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await _sandbox.Control.SetAsync($"azure/groups/{AzureKind.Group}", new JsonObject { ["location"] = AzureKind.Location }, cancellationToken);
        foreach (var source in Sources)
        {
            await Kind.MakeAsync(source, cancellationToken);
            await WriteAsync(source, table => Items.Good(source, table), cancellationToken);
            _keys[source.Release.Name] = await Kind.KeyAsync(source.Name, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public string Properties(ReleaseSpec release)
    {
        var source = Sources.First(source => source.Release == release);
        return Kind.Properties(source.Name, IsFed(source) ? Placeholder : _keys[release.Name]);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables(ReleaseSpec release)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Sources.FirstOrDefault(source => source.Release == release) is { } source && IsFed(source))
        {
            variables[KeyVariable] = _keys[release.Name]!;
        }

        return variables;
    }

    /// <inheritdoc/>
    public async Task StartWritingAsync(bool resumes, CancellationToken cancellationToken)
    {
        if (resumes)
        {
            return;
        }

        foreach (var source in Sources)
        {
            await WriteAsync(source, Items.Work, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<int?> StopWritingAsync(CancellationToken cancellationToken) => Task.FromResult<int?>(null);

    /// <inheritdoc/>
    public async Task<IPausedDatabases> NoteAsync(CancellationToken cancellationToken)
    {
        var paused = new List<PausedSource>();
        foreach (var source in Sources)
        {
            await Kind.UntilRestorableAsync(source.Name, cancellationToken);
            paused.Add(new PausedSource(source, await Kind.ViewAsync(source.Name, cancellationToken), await ReadAsync(source, cancellationToken), _keys[source.Release.Name]));
        }

        return new PausedAzure(this, _sandbox, paused, await Kind.NamesAsync(cancellationToken), await _sandbox.Control.LastCallAsync(cancellationToken));
    }

    /// <summary>Writes to every table.</summary>
    public async Task WriteAsync(AzureSource source, Func<AzureTable, JsonObject> write, CancellationToken cancellationToken)
    {
        foreach (var table in source.Tables)
        {
            await Kind.WriteAsync(source, table, write(table), cancellationToken);
        }
    }

    /// <summary>Reads every item.</summary>
    public async Task<Snapshot> ReadAsync(AzureSource source, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot();
        foreach (var table in source.Tables)
        {
            snapshot.Add(table.Path, (await Kind.ItemsAsync(source, table, cancellationToken)).Select(item => $"{item.Key} {item.Value!.ToJsonString()}"));
        }

        return snapshot;
    }

    /// <summary>Where a release's endpoint stands now.</summary>
    public Task<ReleaseEndpoints> EndpointsAsync(ReleaseSpec release, CancellationToken cancellationToken) => _endpoints(release, cancellationToken);

    /// <summary>
    /// From now on what was restored stands behind the release, and is the source of the next restore. Where many follow, the one before is
    /// deleted, as an administrator would do who is sure of his restore.
    /// </summary>
    public async Task FollowAsync(PausedSource before, AzureSource now, CancellationToken cancellationToken)
    {
        Sources = [.. Sources.Select(source => source == before.Source ? now : source)];
        _keys[now.Release.Name] = await Kind.KeyAsync(now.Name, cancellationToken);
        if (_restoresOften)
        {
            await Kind.DeleteAsync(before.Source.Name, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _azure.Dispose();

    private bool IsFed(AzureSource source) => source.Release == Sources[0].Release && _keys.GetValueOrDefault(source.Release.Name) is not null;
}
