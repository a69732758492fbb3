namespace ScalarRestore.Drill.World;

/// <summary>The texts in which a release's endpoint stands.</summary>
/// <param name="ConfigMap">The properties that its pods mount.</param>
/// <param name="Values">The values in the record of its newest revision.</param>
/// <param name="File">The user's values file; null where it was installed without.</param>
internal sealed record ReleaseEndpoints(string ConfigMap, string Values, string? File)
{
    private const string Key = "scalar.db.contact_points=";

    /// <summary>The JDBC URL that the release's pods use.</summary>
    public string Url => ConfigMap.Split('\n').Select(line => line.Trim()).First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..];

    /// <summary>What of it does not name the new endpoint, or still names the old one.</summary>
    public IEnumerable<string> Faults(string release, string before, string now)
    {
        foreach (var (where, text) in new[] { ("ConfigMap", ConfigMap), ("record", Values), ("values file", File ?? now) })
        {
            if (!text.Contains(now, StringComparison.Ordinal))
            {
                yield return $"the {where} of release {release} does not name {now}";
            }

            if (text.Contains(before, StringComparison.Ordinal))
            {
                yield return $"the {where} of release {release} still names {before}";
            }
        }
    }
}
