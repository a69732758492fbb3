namespace ScalarRestore.Engine.Workloads;

/// <summary>What was found of helm's memory.</summary>
/// <param name="Revisions">The revisions, in no order.</param>
/// <param name="WithoutConfigMaps">Whether ConfigMaps may not be read, so that releases kept there are not among them.</param>
internal sealed record StoredReleases(IReadOnlyList<StoredRevision> Revisions, bool WithoutConfigMaps)
{
    /// <summary>What to say about <see cref="WithoutConfigMaps"/>.</summary>
    public const string ConfigMapsForbidden = "releases kept in ConfigMaps could not be looked at: forbidden";

    /// <summary>The newest revision of each release that is still installed, by namespace and name.</summary>
    public IReadOnlyList<StoredRevision> Newest() =>
    [
        .. Revisions
            .GroupBy(revision => (revision.Namespace, revision.Release))
            .Select(group => group.MaxBy(revision => revision.Revision)!)
            .Where(revision => revision.Status != "uninstalled")
            .OrderBy(revision => revision.Namespace, StringComparer.Ordinal)
            .ThenBy(revision => revision.Release, StringComparer.Ordinal),
    ];
}
