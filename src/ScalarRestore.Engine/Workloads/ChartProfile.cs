using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>What must be known of a product's chart. The facts were read off the charts of all released versions.</summary>
internal sealed record ChartProfile
{
    /// <summary>The product.</summary>
    public required ScalarProduct Product { get; init; }

    /// <summary>The chart's name.</summary>
    public required string Chart { get; init; }

    /// <summary>The value that holds the number of pods, for example <c>scalardb.replicaCount</c>.</summary>
    public required string ReplicaKey { get; init; }

    /// <summary>The value that holds the properties.</summary>
    public required string PropertiesKey { get; init; }

    /// <summary>The first chart version that knows <see cref="PropertiesKey"/>.</summary>
    public required Version PropertiesSince { get; init; }

    /// <summary>The older values that the chart's own properties refer to, by environment variable; null where there were none.</summary>
    public required IReadOnlyDictionary<string, string> OldKeys { get; init; }

    /// <summary>The label <c>app.kubernetes.io/app</c> of the product's pods. Envoy's pods share all other labels.</summary>
    public required string AppLabel { get; init; }

    /// <summary>What follows the full name in the Deployment's name.</summary>
    public required string DeploymentSuffix { get; init; }

    /// <summary>What follows the full name in the ConfigMap's name.</summary>
    public required string ConfigMapSuffix { get; init; }

    /// <summary>The same before <see cref="PropertiesSince"/>; null where there was no ConfigMap.</summary>
    public string? OldConfigMapSuffix { get; init; }

    /// <summary>The key under which the ConfigMap holds the properties, with or without <c>.tmpl</c>.</summary>
    public required string PropertiesFile { get; init; }

    /// <summary>The product's container.</summary>
    public required string Container { get; init; }

    /// <summary>How long a pod may take to stop.</summary>
    public required TimeSpan GracePeriod { get; init; }

    /// <summary>Selects the product's pods, and no others, of one release.</summary>
    public string PodSelector(string release) => $"app.kubernetes.io/instance={release},app.kubernetes.io/app={AppLabel}";

    /// <summary>The Deployment's name by the chart's rule.</summary>
    public string DeploymentName(string release, JsonObject config) => FullName(release, config) + DeploymentSuffix;

    /// <summary>The name of the ConfigMap with the properties by the chart's rule; null if that version has none.</summary>
    public string? ConfigMapName(string release, JsonObject config, Version chartVersion)
    {
        var suffix = chartVersion >= PropertiesSince ? ConfigMapSuffix : OldConfigMapSuffix;
        return suffix is null ? null : FullName(release, config) + suffix;
    }

    private string FullName(string release, JsonObject config)
    {
        if (ChartValues.Text(config, "fullnameOverride") is { Length: > 0 } full)
            return Cut(full);

        var name = ChartValues.Text(config, "nameOverride") is { Length: > 0 } given ? given : Chart;
        return Cut(release.Contains(name, StringComparison.Ordinal) ? release : $"{release}-{name}");
    }

    private static string Cut(string name)
    {
        name = name.Length > 63 ? name[..63] : name;
        return name.EndsWith('-') ? name[..^1] : name;
    }
}
