using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Aws.Scaling;

/// <summary>Application Auto Scaling of one account in one region. It knows resources by their ids only, so what it holds outlives
/// them.</summary>
internal sealed class ScalingRegion(string account, string region)
{
    public Lock Lock { get; } = new();

    public string Account => account;

    public string Region => region;

    public SortedDictionary<string, JsonObject> Targets { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JsonObject> Policies { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JsonObject> Actions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TokenBucket> Buckets { get; } = new(StringComparer.Ordinal);
}
