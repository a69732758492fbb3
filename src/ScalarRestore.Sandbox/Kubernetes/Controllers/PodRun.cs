using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>What is known of a pod on its node, beyond its object.</summary>
internal sealed class PodRun(string ns, string name, IReadOnlyDictionary<string, string> labels)
{
    /// <summary>Where a pod stands.</summary>
    internal enum Stage
    {
        Starting,
        Running,
        BackingOff,
        Ended,
    }

    public string Namespace { get; } = ns;

    public string Name { get; } = name;

    public IReadOnlyDictionary<string, string> Labels { get; } = labels;

    public string Ip { get; set; } = "";

    public Stage At { get; set; }

    /// <summary>When the present stage began.</summary>
    public DateTimeOffset Since { get; set; }

    public DateTimeOffset ScheduledAt { get; init; }

    public int Restarts { get; set; }

    /// <summary>When the end of the last container was seen.</summary>
    public DateTimeOffset? CrashedAt { get; set; }

    /// <summary>Since when the pod is being stopped.</summary>
    public DateTimeOffset? StoppingSince { get; set; }

    /// <summary>The ConfigMaps and Secrets the container read when it started, with their resource versions and contents.</summary>
    public JsonArray Mounts { get; set; } = [];

    public JsonObject ToJson() => new()
    {
        ["stage"] = At.ToString(),
        ["restarts"] = Restarts,
        ["mounts"] = Mounts.DeepClone(),
    };
}
