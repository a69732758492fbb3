namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// The versions of the interfaces that are spoken. They are pinned, because asking the service for the newest yields previews, and may be
/// given otherwise, because sovereign clouds and Azure Stack lag behind.
/// </summary>
internal sealed class ArmApiVersions(IReadOnlyDictionary<string, string> given)
{
    private static readonly IReadOnlyDictionary<string, string> Pinned = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.DocumentDB"] = "2025-10-15",
        ["Microsoft.DBforMySQL"] = "2024-12-30",
        ["Microsoft.DBforPostgreSQL"] = "2025-08-01",

        // The retired kinds, which newer versions do not know.
        ["Microsoft.DBforMySQL/servers"] = "2017-12-01",
        ["Microsoft.DBforPostgreSQL/servers"] = "2017-12-01",
        ["Microsoft.Authorization"] = "2020-05-01",
        ["Microsoft.Resources/subscriptions"] = "2022-12-01",
        ["Microsoft.Resources/subscriptions/resourceGroups"] = "2022-09-01",
    };

    private readonly IReadOnlyDictionary<string, string> _given = new Dictionary<string, string>(given, StringComparer.OrdinalIgnoreCase);

    /// <summary>The version for a resource type: that of the type, or else of the nearest type above it, or else of its provider.</summary>
    /// <exception cref="RestoreException"><c>AzureApiVersionMissing</c>.</exception>
    public string For(string resourceType) =>
        Find(_given, resourceType)
        ?? Find(Pinned, resourceType)
        ?? throw new RestoreException(
            "AzureApiVersionMissing",
            FaultCategory.InvalidOperation,
            $"No API version is known for {resourceType}.",
            resourceType,
            $"Set {ArmClientSettings.ApiVersionsVariable} to '{resourceType}=VERSION'.");

    private static string? Find(IReadOnlyDictionary<string, string> versions, string resourceType)
    {
        for (var type = resourceType; ; type = type[..type.LastIndexOf('/')])
        {
            if (versions.TryGetValue(type, out var version))
                return version;
            if (!type.Contains('/', StringComparison.Ordinal))
                return null;
        }
    }
}
