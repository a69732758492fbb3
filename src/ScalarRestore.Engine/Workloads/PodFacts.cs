using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>What is read off a pod.</summary>
internal sealed class PodFacts(JsonObject pod)
{
    /// <summary>The pod's name.</summary>
    public string Name => (string?)pod["metadata"]?["name"] ?? "?";

    /// <summary>The pod's identity.</summary>
    public string Uid => (string?)pod["metadata"]?["uid"] ?? Name;

    /// <summary>Whether it is on its way out.</summary>
    public bool Terminating => pod["metadata"]?["deletionTimestamp"] is not null;

    /// <summary>Whether it ran to its end or was evicted: it exists, but runs nothing.</summary>
    public bool Over => (string?)pod["status"]?["phase"] is "Succeeded" or "Failed";

    /// <summary>Whether it serves.</summary>
    public bool Ready => !Terminating && Conditions.Any(condition => (string?)condition["type"] == "Ready" && (string?)condition["status"] == "True");

    /// <summary>How often its containers were started again.</summary>
    public int Restarts => Containers.Sum(container => (int?)container["restartCount"] ?? 0);

    /// <summary>The container that keeps crashing; null if none does.</summary>
    public string? CrashLooping => Containers
        .Where(container => (string?)container["state"]?["waiting"]?["reason"] == "CrashLoopBackOff")
        .Select(container => (string?)container["name"])
        .FirstOrDefault();

    /// <summary>One line about a pod that is still there.</summary>
    public string DescribeLeftover()
    {
        var node = (string?)pod["spec"]?["nodeName"] is { } name ? $" on node {name}" : "";
        var since = (string?)pod["metadata"]?["deletionTimestamp"] is { } time ? $", terminating since {time}" : ", not terminating";
        var finalizers = pod["metadata"]?["finalizers"] is JsonArray { Count: > 0 } list
            ? $", finalizers {string.Join(", ", list.Select(finalizer => (string?)finalizer))}"
            : "";
        return $"{Name}{node}{since}{finalizers}";
    }

    /// <summary>One line about a pod that is not ready yet.</summary>
    public string DescribeUnready()
    {
        var reasons = Containers
            .Select(container => (string?)container["state"]?["waiting"]?["reason"] ?? (string?)container["state"]?["terminated"]?["reason"])
            .OfType<string>()
            .Concat(Conditions.Where(condition => (string?)condition["status"] == "False").Select(condition => (string?)condition["message"]).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .Take(2)
            .ToList();
        var phase = Terminating ? "Terminating" : (string?)pod["status"]?["phase"] ?? "Pending";
        return reasons.Count == 0 ? $"{Name} {phase}" : $"{Name} {phase} ({string.Join("; ", reasons)})";
    }

    /// <summary>Lines about the first few of some pods.</summary>
    public static string Join(IReadOnlyList<string> lines)
    {
        const int shown = 5;
        var text = string.Join("; ", lines.Take(shown));
        return lines.Count <= shown ? text : string.Create(CultureInfo.InvariantCulture, $"{text}; and {lines.Count - shown} more");
    }

    private IEnumerable<JsonObject> Conditions => (pod["status"]?["conditions"] as JsonArray)?.OfType<JsonObject>() ?? [];

    private IEnumerable<JsonObject> Containers => (pod["status"]?["containerStatuses"] as JsonArray)?.OfType<JsonObject>() ?? [];
}
