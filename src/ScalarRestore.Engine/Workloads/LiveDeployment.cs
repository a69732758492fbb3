using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>What a live Deployment shall be.</summary>
internal sealed class LiveDeployment(ChartProfile profile, int replicas, RenderedValues? rendered)
{
    /// <summary>The patch that brings a Deployment there, bound to the version that was seen; null if it is there.</summary>
    public JsonObject? Patch(JsonObject deployment)
    {
        var spec = new JsonObject();
        if ((int?)deployment["spec"]?["replicas"] != replicas)
            spec["replicas"] = replicas;

        if (Template(deployment) is { } template)
            spec["template"] = template;

        return spec.Count == 0
            ? null
            : new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = (string?)deployment["metadata"]?["resourceVersion"] },
                ["spec"] = spec,
            };
    }

    private JsonObject? Template(JsonObject deployment)
    {
        var template = new JsonObject();
        var annotations = deployment["spec"]?["template"]?["metadata"]?["annotations"];
        if (rendered?.Checksum is { } checksum && (string?)annotations?[RenderedValues.ChecksumKey] != checksum)
            template["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [RenderedValues.ChecksumKey] = checksum } };

        var env = PodEnvironment.Container(profile, deployment)?["env"] as JsonArray;
        var changed = (rendered?.Variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Select(variable => (Live: env?.FirstOrDefault(entry => (string?)entry?["name"] == variable.Key), variable.Key, variable.Value))
            .Where(variable => (string?)variable.Live?["value"] != variable.Value)
            .Select(variable => (JsonNode)Entry(variable.Key, variable.Value, variable.Live?["valueFrom"] is not null))
            .ToList();
        if (changed.Count > 0)
        {
            template["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray(new JsonObject { ["name"] = profile.Container, ["env"] = new JsonArray([.. changed]) }),
            };
        }

        return template.Count == 0 ? null : template;
    }

    // The API refuses an entry with both, and a patch keeps what it does not name.
    private static JsonObject Entry(string name, string value, bool wasReferred)
    {
        var entry = new JsonObject { ["name"] = name, ["value"] = value };
        if (wasReferred)
            entry["valueFrom"] = null;

        return entry;
    }
}
