namespace ScalarRestore.Drill.World;

/// <summary>The texts in which a release's endpoint stands.</summary>
/// <param name="ConfigMap">The properties that its pods mount.</param>
/// <param name="Values">The values in the record of its newest revision.</param>
/// <param name="File">The user's values file; null where it was installed without.</param>
/// <param name="Secret">The Secret that feeds its placeholders; null where there is none.</param>
internal sealed record ReleaseEndpoints(string ConfigMap, string Values, string? File, IReadOnlyDictionary<string, string>? Secret)
{
    private const string Key = "contact_points=";

    /// <summary>The JDBC URL by which the release's pods reach an address; null where they do not.</summary>
    public string? UrlOf(string address) => ConfigMap.Split('\n').Select(line => line.Trim().Split(Key))
        .Where(parts => parts.Length == 2 && parts[1].Contains($"//{address}/", StringComparison.Ordinal)).Select(parts => parts[1]).FirstOrDefault();

    private IEnumerable<(string Where, string Text)> Texts => File is null ? [("ConfigMap", ConfigMap), ("record", Values)] : [("ConfigMap", ConfigMap), ("record", Values), ("values file", File)];

    /// <summary>What of it does not name the new endpoint, or still names the old one.</summary>
    /// <param name="release">The release.</param>
    /// <param name="before">What must not be there any more.</param>
    /// <param name="now">What must be there.</param>
    /// <param name="secret">What it is, where neither may be told.</param>
    public IEnumerable<string> Faults(string release, string before, string now, string? secret = null)
    {
        foreach (var (where, text) in Texts)
        {
            if (!text.Contains(now, StringComparison.Ordinal))
            {
                yield return $"the {where} of release {release} does not name {secret ?? now}";
            }

            if (text.Contains(before, StringComparison.Ordinal))
            {
                yield return $"the {where} of release {release} still names {secret ?? before} of before";
            }
        }
    }

    /// <summary>Which of the texts hold something.</summary>
    public IEnumerable<string> Holding(string secret) => Texts.Where(one => one.Text.Contains(secret, StringComparison.Ordinal)).Select(one => one.Where);
}
