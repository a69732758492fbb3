using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Values;

/// <summary>The charts whose values name a database.</summary>
internal static class ValuesProfiles
{
    /// <summary>The properties by which a chart refers to its older values where the user gives no properties.</summary>
    public const string DefaultProperties =
        """
        scalar.db.contact_points={{ default .Env.HELM_SCALAR_DB_CONTACT_POINTS "" }}
        scalar.db.password={{ default .Env.HELM_SCALAR_DB_PASSWORD "" }}
        scalar.db.storage={{ default .Env.HELM_SCALAR_DB_STORAGE "" }}
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ValuesProfile> All { get; } =
    [
        Workload(ScalarProduct.Server, "ScalarDB Server", "scalardb.storageConfiguration", "contactPoints", "storage", "password"),
        Workload(ScalarProduct.Cluster, "ScalarDB Cluster", null, "", "", ""),
        Workload(ScalarProduct.Ledger, "ScalarDL Ledger", "ledger.scalarLedgerConfiguration", "dbContactPoints", "dbStorage", "dbPassword"),
        Workload(ScalarProduct.Auditor, "ScalarDL Auditor", "auditor.scalarAuditorConfiguration", "dbContactPoints", "dbStorage", "dbPassword"),
        Old("ScalarDL Schema Loader", "schemaLoading", "schemaLoading", "database") with
        {
            PropertiesKey = "schemaLoading.databaseProperties",
            PropertiesSince = new Version(2, 7, 0),
            SecretNameKey = "schemaLoading.secretName",
        },
        Old("ScalarDB GraphQL", "scalarDbGraphQlConfiguration", "", "storage"),
    ];

    /// <summary>The first words of all keys that the charts know: what stands below any other is the user's own.</summary>
    public static IReadOnlySet<string> Roots { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "scalardb", "scalardbCluster", "ledger", "auditor", "schemaLoading", "scalarDbGraphQlConfiguration", "envoy", "global",
        "fullnameOverride", "nameOverride", "image", "service", "replicaCount", "existingSecret", "resources", "podAnnotations",
    };

    /// <summary>The profile of a product.</summary>
    public static ValuesProfile Of(ScalarProduct product) => All.First(profile => profile.Product == product);

    private static ValuesProfile Workload(ScalarProduct product, string name, string? old, string points, string storage, string password)
    {
        var chart = ChartProfiles.Of(product);
        var root = chart.PropertiesKey[..chart.PropertiesKey.IndexOf('.', StringComparison.Ordinal)];
        var profile = old is null ? new ValuesProfile { Name = name } : Old(name, old, root, storage, points, password);
        return profile with
        {
            Product = product,
            PropertiesKey = chart.PropertiesKey,
            PropertiesSince = chart.PropertiesSince,
            SecretNameKey = $"{root}.secretName",
        };
    }

    private static ValuesProfile Old(
        string name, string prefix, string root, string storage, string points = "contactPoints", string password = "password") => new()
        {
            Name = name,
            PointsKey = $"{prefix}.{points}",
            StorageKey = $"{prefix}.{storage}",
            PasswordKey = $"{prefix}.{password}",
            ExistingSecretKey = root.Length == 0 ? "existingSecret" : $"{root}.existingSecret",
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HELM_SCALAR_DB_CONTACT_POINTS"] = $"{prefix}.{points}",
                ["HELM_SCALAR_DB_STORAGE"] = $"{prefix}.{storage}",
                ["HELM_SCALAR_DB_PASSWORD"] = $"{prefix}.{password}",
            },
        };
}
