using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Finds the environment variables of a product's pods. Only variables that are asked for are taken from Secrets.</summary>
internal sealed class PodEnvironment(IKubernetesClient client)
{
    /// <summary>What the chart's older values and the Deployment itself say; nothing is read from the cluster.</summary>
    public static PodVariables Literals(ChartProfile profile, HelmReleaseRecord record, JsonObject deployment)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, key) in profile.OldKeys)
        {
            if ((ChartValues.Text(record.Config, key) ?? ChartValues.Text(record.ChartDefaults, key)) is { } value)
                known[variable] = value;
        }

        var container = Container(profile, deployment);
        foreach (var (name, value) in Written(container))
            known[name] = value;

        var complete = !Entries(container, "envFrom").Any() && Entries(container, "env").All(entry => entry["valueFrom"] is null);
        return new PodVariables(known, complete);
    }

    /// <summary>Adds, for the given names only, what Secrets and ConfigMaps feed in.</summary>
    public async Task<PodVariables> AddAsync(
        PodVariables variables, ChartProfile profile, string ns, JsonObject deployment, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        var own = await OfAsync(ns, Container(profile, deployment), names, cancellationToken).ConfigureAwait(false);
        var known = new Dictionary<string, string>(variables.Known, StringComparer.Ordinal);
        foreach (var (name, value) in own.Known)
            known[name] = value;

        return own with { Known = known };
    }

    /// <summary>The variables of a container, of those that are asked for: what is written beside their names, and what Secrets and ConfigMaps feed in.</summary>
    public async Task<PodVariables> OfAsync(string ns, JsonObject? container, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        var feeds = new VariableFeeds(client);
        var known = Written(container);
        var found = await feeds.FindAsync(ns, container, names, cancellationToken).ConfigureAwait(false);
        foreach (var feed in found.Values.Where(feed => feed.Value is not null))
            known[feed.Variable] = feed.Value!;

        return new PodVariables(known, feeds.Complete && found.Values.All(feed => feed.Value is not null));
    }

    /// <summary>The product's container of a Deployment.</summary>
    public static JsonObject? Container(ChartProfile profile, JsonObject deployment) => Container(profile, deployment["spec"]?["template"]?["spec"]);

    /// <summary>The product's container of a pod's specification.</summary>
    public static JsonObject? Container(ChartProfile profile, JsonNode? spec)
    {
        var containers = (spec?["containers"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        return containers.Find(container => (string?)container["name"] == profile.Container) ?? containers.FirstOrDefault();
    }

    private static Dictionary<string, string> Written(JsonObject? container)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Entries(container, "env"))
        {
            if ((string?)entry["name"] is { } name && (string?)entry["value"] is { } value)
                known[name] = value;
        }

        return known;
    }

    private static IEnumerable<JsonObject> Entries(JsonObject? container, string key) =>
        (container?[key] as JsonArray)?.OfType<JsonObject>() ?? [];
}
