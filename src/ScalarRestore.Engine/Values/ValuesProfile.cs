namespace ScalarRestore.Engine.Values;

/// <summary>Where a chart's values name the database. Facts: domain reference, "Where properties live, per version".</summary>
internal sealed record ValuesProfile
{
    /// <summary>The product's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>The product of a workload; null for charts that run no pods of their own that we stop.</summary>
    public ScalarProduct? Product { get; init; }

    /// <summary>The value that holds the properties; null where the chart has none.</summary>
    public string? PropertiesKey { get; init; }

    /// <summary>The first chart version that knows <see cref="PropertiesKey"/>.</summary>
    public Version PropertiesSince { get; init; } = new(0, 0, 0);

    /// <summary>The older value with the contact points; null where there was none.</summary>
    public string? PointsKey { get; init; }

    /// <summary>The older value with the kind of storage.</summary>
    public string? StorageKey { get; init; }

    /// <summary>The older value with the password, or the account key of Cosmos DB.</summary>
    public string? PasswordKey { get; init; }

    /// <summary>The value that names the Secret whose keys all become environment variables; null where there is none.</summary>
    public string? SecretNameKey { get; init; }

    /// <summary>The value that names the Secret with <c>db-username</c> and <c>db-password</c>; null where there is none.</summary>
    public string? ExistingSecretKey { get; init; }

    /// <summary>What the chart itself puts into the variables that its default properties refer to: variable to older value.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
