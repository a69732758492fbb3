using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.World;

/// <summary>A release of a Scalar product that the drill installs, as its chart would name things.</summary>
internal sealed record ReleaseSpec
{
    public required string Name { get; init; }

    public required ScalarProduct Product { get; init; }

    public required string Chart { get; init; }

    public required string ChartVersion { get; init; }

    public required string AppVersion { get; init; }

    /// <summary>The value under which replica count and properties lie, for example <c>scalardb</c>.</summary>
    public required string Root { get; init; }

    /// <summary>The value that holds the properties, below <see cref="Root"/>.</summary>
    public required string PropertiesKey { get; init; }

    public required string App { get; init; }

    public required string Container { get; init; }

    public required string DeploymentSuffix { get; init; }

    public required string ConfigMapSuffix { get; init; }

    public required string File { get; init; }

    public required int Replicas { get; init; }

    /// <summary>The Secret with the product's own keys, which its pods mount; null if it has none.</summary>
    public string? KeySecret { get; init; }

    /// <summary>What <c>scalar.db.dynamo.namespace.prefix</c> puts before the release's tables.</summary>
    public required string Prefix { get; init; }

    public string Deployment => $"{Name}-{Chart}{DeploymentSuffix}";

    /// <summary>The Secret that feeds placeholders in its properties, where there are such.</summary>
    public string FeedSecret => $"{Name}-variables";

    public string ConfigMap => $"{Name}-{Chart}{ConfigMapSuffix}";

    /// <summary>The labels that the product's pods, and no others, carry.</summary>
    public IReadOnlyDictionary<string, string> PodLabels => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/instance"] = Name,
        ["app.kubernetes.io/app"] = App,
    };

    public static ReleaseSpec Server { get; } = new()
    {
        Name = "orders",
        Product = ScalarProduct.Server,
        Chart = "scalardb",
        ChartVersion = "2.4.7",
        AppVersion = "3.7.7",
        Root = "scalardb",
        PropertiesKey = "databaseProperties",
        App = "scalardb",
        Container = "scalardb",
        DeploymentSuffix = "",
        ConfigMapSuffix = "-database-properties",
        File = "database.properties.tmpl",
        Replicas = 3,
        Prefix = "db_",
    };

    public static ReleaseSpec Ledger { get; } = new()
    {
        Name = "ledger",
        Product = ScalarProduct.Ledger,
        Chart = "scalardl",
        ChartVersion = "4.5.3",
        AppVersion = "3.7.2",
        Root = "ledger",
        PropertiesKey = "ledgerProperties",
        App = "ledger",
        Container = "scalardl-ledger",
        DeploymentSuffix = "-ledger",
        ConfigMapSuffix = "-ledger-properties",
        File = "ledger.properties.tmpl",
        Replicas = 3,
        Prefix = "dl_",
        KeySecret = "ledger-keys",
    };

    public static ReleaseSpec Auditor { get; } = new()
    {
        Name = "auditor",
        Product = ScalarProduct.Auditor,
        Chart = "scalardl-audit",
        ChartVersion = "2.5.3",
        AppVersion = "3.7.2",
        Root = "auditor",
        PropertiesKey = "auditorProperties",
        App = "auditor",
        Container = "scalardl-audit-auditor",
        DeploymentSuffix = "-auditor",
        ConfigMapSuffix = "-auditor-properties",
        File = "auditor.properties.tmpl",
        Replicas = 2,
        Prefix = "au_",
        KeySecret = "auditor-keys",
    };
}
