namespace ScalarRestore.Sandbox.Azure;

/// <summary>The regions of the sandbox. Both "japaneast" and "Japan East" name one.</summary>
internal static class AzureLocations
{
    private static readonly (string Name, string DisplayName, string Pair)[] Known =
    [
        ("japaneast", "Japan East", "japanwest"),
        ("japanwest", "Japan West", "japaneast"),
        ("westus", "West US", "eastus"),
        ("westus2", "West US 2", "westcentralus"),
        ("eastus", "East US", "westus"),
        ("eastus2", "East US 2", "centralus"),
        ("centralus", "Central US", "eastus2"),
        ("westcentralus", "West Central US", "westus2"),
        ("northeurope", "North Europe", "westeurope"),
        ("westeurope", "West Europe", "northeurope"),
        ("southeastasia", "Southeast Asia", "eastasia"),
        ("eastasia", "East Asia", "southeastasia"),
    ];

    public static IReadOnlyList<(string Name, string DisplayName, string Pair)> All => Known;

    /// <summary>The short name of a region named in either way.</summary>
    public static string Name(string location) => location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The name for people, which Cosmos DB answers.</summary>
    public static string DisplayName(string location)
    {
        var name = Name(location);
        return System.Array.Find(Known, l => l.Name == name).DisplayName ?? location;
    }

    public static bool IsKnown(string? location) => location is not null && System.Array.Exists(Known, l => l.Name == Name(location));

    public static bool AreEqual(string one, string other) => Name(one) == Name(other);
}
