namespace ScalarRestore.Engine.Workloads;

/// <summary>The charts that we know.</summary>
internal static class ChartProfiles
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChartProfile> All { get; } =
    [
        new()
        {
            Product = ScalarProduct.Server,
            Chart = "scalardb",
            ReplicaKey = "scalardb.replicaCount",
            PropertiesKey = "scalardb.databaseProperties",
            PropertiesSince = new Version(2, 3, 0),
            OldKeys = Old("scalardb.storageConfiguration", "contactPoints", "contactPort", "storage"),
            AppLabel = "scalardb",
            DeploymentSuffix = "",
            ConfigMapSuffix = "-database-properties",
            OldConfigMapSuffix = "-config-file",
            PropertiesFile = "database.properties",
            Container = "scalardb",
            GracePeriod = TimeSpan.FromSeconds(60),
        },
        new()
        {
            Product = ScalarProduct.Cluster,
            Chart = "scalardb-cluster",
            ReplicaKey = "scalardbCluster.replicaCount",
            PropertiesKey = "scalardbCluster.scalardbClusterNodeProperties",
            PropertiesSince = new Version(0, 0, 0),
            OldKeys = new Dictionary<string, string>(StringComparer.Ordinal),
            AppLabel = "scalardb-cluster",
            DeploymentSuffix = "-node",
            ConfigMapSuffix = "-node-properties",
            PropertiesFile = "scalardb-cluster-node.properties",
            Container = "scalardb-cluster-node",
            GracePeriod = TimeSpan.FromSeconds(90),
        },
        new()
        {
            Product = ScalarProduct.Ledger,
            Chart = "scalardl",
            ReplicaKey = "ledger.replicaCount",
            PropertiesKey = "ledger.ledgerProperties",
            PropertiesSince = new Version(4, 3, 0),
            OldKeys = Old("ledger.scalarLedgerConfiguration", "dbContactPoints", "dbContactPort", "dbStorage"),
            AppLabel = "ledger",
            DeploymentSuffix = "-ledger",
            ConfigMapSuffix = "-ledger-properties",
            PropertiesFile = "ledger.properties",
            Container = "scalardl-ledger",
            GracePeriod = TimeSpan.FromSeconds(60),
        },
        new()
        {
            Product = ScalarProduct.Auditor,
            Chart = "scalardl-audit",
            ReplicaKey = "auditor.replicaCount",
            PropertiesKey = "auditor.auditorProperties",
            PropertiesSince = new Version(2, 3, 0),
            OldKeys = Old("auditor.scalarAuditorConfiguration", "dbContactPoints", "dbContactPort", "dbStorage"),
            AppLabel = "auditor",
            DeploymentSuffix = "-auditor",
            ConfigMapSuffix = "-auditor-properties",
            PropertiesFile = "auditor.properties",
            Container = "scalardl-audit-auditor",
            GracePeriod = TimeSpan.FromSeconds(60),
        },
    ];

    /// <summary>The profile of a chart; null if it is not one of ours.</summary>
    public static ChartProfile? Find(string? chart) => All.FirstOrDefault(profile => profile.Chart == chart);

    /// <summary>The profile of a product.</summary>
    public static ChartProfile Of(ScalarProduct product) => All.First(profile => profile.Product == product);

    private static Dictionary<string, string> Old(string root, string points, string port, string storage) => new(StringComparer.Ordinal)
    {
        ["HELM_SCALAR_DB_CONTACT_POINTS"] = $"{root}.{points}",
        ["HELM_SCALAR_DB_CONTACT_PORT"] = $"{root}.{port}",
        ["HELM_SCALAR_DB_STORAGE"] = $"{root}.{storage}",
    };
}
