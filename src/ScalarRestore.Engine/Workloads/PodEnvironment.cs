using System.Text;
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
        foreach (var entry in Entries(container, "env"))
        {
            if ((string?)entry["name"] is { } name && (string?)entry["value"] is { } value)
                known[name] = value;
        }

        var complete = !Entries(container, "envFrom").Any() && Entries(container, "env").All(entry => entry["valueFrom"] is null);
        return new PodVariables(known, complete);
    }

    /// <summary>Adds, for the given names only, what Secrets and ConfigMaps feed in.</summary>
    public async Task<PodVariables> AddAsync(
        PodVariables variables, ChartProfile profile, string ns, JsonObject deployment, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, string>(variables.Known, StringComparer.Ordinal);
        var complete = true;
        var container = Container(profile, deployment);
        foreach (var entry in Entries(container, "envFrom"))
        {
            var prefix = (string?)entry["prefix"] ?? "";
            var source = await SourceAsync(ns, entry["secretRef"], entry["configMapRef"], cancellationToken).ConfigureAwait(false);
            complete &= source is not null;
            foreach (var name in names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !known.ContainsKey(name)))
            {
                if (source?.Invoke(name[prefix.Length..]) is { } value)
                    known[name] = value;
            }
        }

        foreach (var entry in Entries(container, "env").Where(entry => (string?)entry["name"] is { } name && names.Contains(name)))
        {
            var from = entry["valueFrom"];
            var (secret, map) = (from?["secretKeyRef"], from?["configMapKeyRef"]);
            if (secret is null && map is null)
                continue;

            var source = await SourceAsync(ns, secret, map, cancellationToken).ConfigureAwait(false);
            if (source?.Invoke((string?)(secret ?? map)!["key"] ?? "") is { } value)
                known[(string)entry["name"]!] = value;
            else
                complete = false;
        }

        return new PodVariables(known, complete);
    }

    private async Task<Func<string, string?>?> SourceAsync(string ns, JsonNode? secret, JsonNode? map, CancellationToken cancellationToken)
    {
        if ((string?)(secret ?? map)?["name"] is not { } name)
            return null;

        var resource = secret is not null ? KubeResource.Secrets : KubeResource.ConfigMaps;
        JsonObject? found;
        try
        {
            found = await client.FindAsync(resource, ns, name, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ClusterForbidden")
        {
            // The placeholder then stays a placeholder; whoever needs the value says so.
            return null;
        }

        if (found is null)
            return null;

        var data = found["data"] as JsonObject;
        return key => (string?)data?[key] is not { } value
            ? null
            : secret is null ? value : Encoding.UTF8.GetString(Convert.FromBase64String(value));
    }

    private static JsonObject? Container(ChartProfile profile, JsonObject deployment)
    {
        var containers = (deployment["spec"]?["template"]?["spec"]?["containers"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        return containers.Find(container => (string?)container["name"] == profile.Container) ?? containers.FirstOrDefault();
    }

    private static IEnumerable<JsonObject> Entries(JsonObject? container, string key) =>
        (container?[key] as JsonArray)?.OfType<JsonObject>() ?? [];
}
