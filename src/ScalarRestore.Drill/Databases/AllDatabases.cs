using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases;

/// <summary>Several kinds of databases at once: each release stores into several, as ScalarDB's multi-storage.</summary>
/// <param name="parts">The kinds, and the releases that store into each.</param>
internal sealed class AllDatabases(IReadOnlyList<WorldPart> parts) : IWorldDatabases
{
    private const string Own = "scalar.db.";

    /// <inheritdoc/>
    public string What => string.Join(", ", parts.Select(part => part.Databases.What));

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. parts.SelectMany(part => part.Databases.Names)];

    /// <inheritdoc/>
    public bool MovesEndpoints => parts.Any(part => part.Databases.MovesEndpoints);

    /// <inheritdoc/>
    public string? OutOfReach => parts.Select(part => part.Databases.OutOfReach).FirstOrDefault(reach => reach is not null);

    /// <inheritdoc/>
    public Task MakeAsync(CancellationToken cancellationToken) => Task.WhenAll(parts.Select(part => part.Databases.MakeAsync(cancellationToken)));

    /// <inheritdoc/>
    public string Properties(ReleaseSpec release)
    {
        var stores = StoresOf(release);
        var texts = stores.Select(part => part.Databases.Properties(release).Replace($"\n{Own}", $"\n{Own}multi_storage.storages.{part.Name}.", StringComparison.Ordinal));
        return string.Join('\n', [
            "# Several storages",
            $"{Own}storage=multi-storage",
            $"{Own}multi_storage.storages={string.Join(',', stores.Select(part => part.Name))}",
            $"{Own}multi_storage.default_storage={stores[0].Name}",
            $"{Own}multi_storage.namespace_mapping={string.Join(',', stores.Select((part, index) => $"{(index == 0 ? "app" : "more")}:{part.Name}"))}",
            .. texts,
        ]);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables(ReleaseSpec release) =>
        StoresOf(release).SelectMany(part => part.Databases.Variables(release)).ToDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task StartWritingAsync(bool resumes, CancellationToken cancellationToken) => Task.WhenAll(parts.Select(part => part.Databases.StartWritingAsync(resumes, cancellationToken)));

    /// <inheritdoc/>
    public async Task<int?> StopWritingAsync(CancellationToken cancellationToken)
    {
        var writes = await Task.WhenAll(parts.Select(part => part.Databases.StopWritingAsync(cancellationToken)));
        return writes.All(count => count is null) ? null : writes.Sum(count => count ?? 0);
    }

    /// <inheritdoc/>
    public async Task<IPausedDatabases> NoteAsync(CancellationToken cancellationToken)
    {
        var paused = new List<IPausedDatabases>();
        foreach (var part in parts)
        {
            paused.Add(await part.Databases.NoteAsync(cancellationToken));
        }

        return new PausedAll(paused);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts)
        {
            part.Databases.Dispose();
        }
    }

    private List<WorldPart> StoresOf(ReleaseSpec release) => [.. parts.Where(part => part.Releases.Contains(release))];
}
