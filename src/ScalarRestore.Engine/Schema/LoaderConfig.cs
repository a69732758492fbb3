using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Files;

namespace ScalarRestore.Engine.Schema;

/// <summary>Schema Loader's properties, as far as they have to be known: which accounts they name, and what must never be shown of them.</summary>
internal sealed class LoaderConfig
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _points;
    private readonly IReadOnlyList<string> _secrets;

    private LoaderConfig(string path, IReadOnlyList<string> points, IReadOnlyList<string> secrets)
    {
        _path = path;
        _points = points;
        _secrets = secrets;
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="RestoreException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>PropertiesInvalid</c> and what else a file can be.</exception>
    public static async Task<LoaderConfig> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = await ValuesFile.ReadAsync(path, isProperties: true, cancellationToken).ConfigureAwait(false);
        var raw = PropertiesReader.ReadMap(file.Text, Path.GetFileName(path));
        string? Get(string key) => raw.TryGetValue(key, out var value) && value.Trim() is { Length: > 0 } set ? set : null;
        var storages = StorageProperties.Active(Get).Where(storage => storage.Storage.Equals("cosmos", StringComparison.OrdinalIgnoreCase)).ToList();
        return new LoaderConfig(
            path,
            [.. storages.Select(storage => Get(storage.PointsKey)).OfType<string>()],
            [.. storages.Select(storage => Get(storage.PasswordKey)).OfType<string>()]);
    }

    /// <summary>Whether an endpoint is one that they name.</summary>
    public bool Names(string endpoint)
    {
        var address = EndpointAddress.Parse(endpoint);
        return _points.Any(point => ContactPointHosts.Read(point).Any(address.Fits));
    }

    /// <summary>A text without the account keys.</summary>
    public string Hide(string text) => _secrets.Aggregate(text, (hidden, secret) => hidden.Replace(secret, "***", StringComparison.Ordinal));

    /// <summary>The fault for properties that name no restored account.</summary>
    public RestoreException Foreign(IEnumerable<string?> endpoints) => new(
        "SchemaLoaderConfigForeign",
        FaultCategory.InvalidData,
        $"{Path.GetFileName(_path)} names {(_points.Count == 0 ? "no Cosmos DB account" : string.Join(", ", _points.Select(ContactPoints.WithoutCredentials)))}, and not what this run restored: {string.Join(", ", endpoints.OfType<string>())}.",
        _path,
        "Point it at the restored account first (Update-ScalarValues changes properties files too). Nothing was changed.");
}
