namespace ScalarRestore.Engine.Values;

/// <summary>The properties of one storage: where its keys begin, and what kind it is.</summary>
/// <param name="Name">The storage's name in a multi-storage configuration; empty for the single one.</param>
/// <param name="Prefix">What its keys begin with, for example <c>scalar.db.</c>.</param>
/// <param name="Storage">The kind as written.</param>
internal sealed record StorageProperties(string Name, string Prefix, string Storage)
{
    /// <summary>What all keys of ScalarDB begin with.</summary>
    public const string Own = "scalar.db.";

    /// <summary>What all keys of a multi-storage configuration begin with.</summary>
    public const string MultiPrefix = "scalar.db.multi_storage.";

    private const string MultiStorage = "multi-storage";

    /// <summary>The key of the contact points.</summary>
    public string PointsKey => Prefix + "contact_points";

    /// <summary>The key of the password, which for Cosmos DB is the account key.</summary>
    public string PasswordKey => Prefix + "password";

    /// <summary>The storages that a product uses by its properties: those that a multi-storage configuration lists, or the single one.</summary>
    /// <param name="get">The value of a key, trimmed; null if it is not set or empty.</param>
    public static IReadOnlyList<StorageProperties> Active(Func<string, string?> get)
    {
        var storage = get("scalar.db.storage") ?? "cassandra";
        return storage.Equals(MultiStorage, StringComparison.OrdinalIgnoreCase)
            ? [.. Words(get(MultiPrefix + "storages")).Select(name => Named(name, get))]
            : [new StorageProperties("", Own, storage)];
    }

    /// <summary>Whether the properties configure several storages.</summary>
    public static bool IsMulti(Func<string, string?> get) => MultiStorage.Equals(get("scalar.db.storage"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of a list.</summary>
    public static IReadOnlyList<string> Words(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static StorageProperties Named(string name, Func<string, string?> get)
    {
        var prefix = $"{MultiPrefix}storages.{name}.";
        return new StorageProperties(name, prefix, get(prefix + "storage") ?? "cassandra");
    }
}
