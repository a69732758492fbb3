using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>The scale subresource: a small object that stands for the replica count of a larger one.</summary>
internal static class ScaleView
{
    public static JsonObject Of(ResourceType type, JsonObject item)
    {
        var metadata = new JsonObject();
        foreach (var field in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            metadata[field] = item.At("metadata", field)?.DeepClone();
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = item.NumberAt(Path(type)) ?? 0 },
            ["status"] = new JsonObject
            {
                ["replicas"] = item.NumberAt("status", "replicas") ?? 0,
                ["selector"] = LabelSelector.From(item.MapAt("spec", "selector"))?.ToString() ?? "",
            },
        };
    }

    /// <summary>The object with the replica count of a changed scale.</summary>
    public static JsonObject Apply(ResourceType type, JsonObject item, JsonObject scale)
    {
        if (scale.At("spec", "replicas") is { } given && given.Number() is null)
        {
            throw ApiException.BadRequest("Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal "
                + $"{given.GetValueKind().ToString().ToLowerInvariant()} into Go struct field ScaleSpec.spec.replicas of type int32");
        }

        var replicas = scale.NumberAt("spec", "replicas") ?? 0;
        if (replicas < 0)
        {
            throw ApiException.Invalid(type, item.Name(), [FieldFault.Wrong("spec.replicas", replicas, "must be greater than or equal to 0")]);
        }

        var copy = item.Copy();
        copy.Metadata()["resourceVersion"] = scale.At("metadata", "resourceVersion")?.DeepClone();
        var path = Path(type);
        var holder = copy;
        foreach (var step in path[..^1])
        {
            holder = holder.Ensure(step);
        }

        holder[path[^1]] = replicas;
        return copy;
    }

    private static string[] Path(ResourceType type) => type.ReplicasPath?.TrimStart('.').Split('.') ?? ["spec", "replicas"];
}
