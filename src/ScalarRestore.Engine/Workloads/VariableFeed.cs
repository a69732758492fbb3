namespace ScalarRestore.Engine.Workloads;

/// <summary>What feeds an environment variable of a pod.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Secret">The Secret; null where a ConfigMap feeds it.</param>
/// <param name="ConfigMap">The ConfigMap; null where a Secret feeds it.</param>
/// <param name="Key">The key in it.</param>
/// <param name="Value">The value; null where it is not there or may not be read. It may be a secret.</param>
internal sealed record VariableFeed(string Variable, string? Secret, string? ConfigMap, string Key, string? Value)
{
    /// <summary>Nothing of a secret is printed.</summary>
    public override string ToString() => $"{Variable} from {(Secret is null ? "ConfigMap" : "Secret")} {Secret ?? ConfigMap}, key {Key}";
}
