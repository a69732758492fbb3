using System.IO.Enumeration;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Finds the releases of Scalar products from helm's own records. Reads only.</summary>
internal sealed class WorkloadFinder(IKubernetesClient client, TimeProvider clock)
{
    private readonly HelmReleaseStore _store = new(client, clock);

    /// <summary>
    /// The workloads that match. A release that cannot be understood is a fault and is not left out: it might be a writer.
    /// </summary>
    /// <exception cref="RestoreException">
    /// <c>NamespaceNotFound</c>, <c>ReleaseNotFound</c>, <c>NotAScalarRelease</c>, <c>NoWorkloads</c>, <c>DeploymentNotFound</c>, <c>ReleaseUnreadable</c>.
    /// </exception>
    public async Task<IReadOnlyList<ScalarWorkload>> FindAsync(WorkloadQuery query, CancellationToken cancellationToken)
    {
        var ns = query.AllNamespaces ? null : query.Namespace ?? client.DefaultNamespace;
        var stored = await _store.ListAsync(ns, cancellationToken).ConfigureAwait(false);
        var releases = stored.Newest();
        if (releases.Count == 0 && ns is not null)
            await EnsureNamespaceAsync(ns, cancellationToken).ConfigureAwait(false);

        var chosen = releases.Where(release => Matches(query.Names, release.Release)).Select(release => new Candidate(release, release.Read())).ToList();
        var there = Listed(releases, stored.WithoutConfigMaps);
        Check(query, ns, there, chosen);

        var reader = new WorkloadReader(client, new BlockerFinder(client));
        var workloads = new List<ScalarWorkload>();
        foreach (var candidate in chosen)
        {
            if (candidate.Profile is { } profile && (query.Product is null || query.Product == profile.Product))
                workloads.Add(await reader.ReadAsync(candidate.Stored, candidate.Record, profile, cancellationToken).ConfigureAwait(false));
        }

        return workloads.Count > 0 ? workloads : throw NoWorkloads(query, ns, there);
    }

    private static bool Matches(IReadOnlyList<string> patterns, string name) =>
        patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private async Task EnsureNamespaceAsync(string ns, CancellationToken cancellationToken)
    {
        JsonObject? found;
        try
        {
            found = await client.FindAsync(KubeResource.Namespaces, null, ns, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ClusterForbidden")
        {
            // Who may read the releases of a namespace need not be allowed to read the namespace. The fault is then about the releases.
            return;
        }

        if (found is null)
        {
            throw new RestoreException(
                "NamespaceNotFound", FaultCategory.ObjectNotFound, $"There is no namespace '{ns}' at {client.Server}.", $"{client.Server} {ns}", "Name one with -Namespace, or use -AllNamespaces.");
        }
    }

    /// <summary>A name without a wildcard means one certain release: all that are not there, or not ours, are told at once.</summary>
    private void Check(WorkloadQuery query, string? ns, string there, List<Candidate> chosen)
    {
        var faults = new List<RestoreException>();
        foreach (var name in query.Names.Where(name => !IsPattern(name)))
        {
            var found = chosen.Where(candidate => candidate.Stored.Release == name).ToList();
            if (found.Count == 0)
            {
                faults.Add(new RestoreException(
                    "ReleaseNotFound",
                    FaultCategory.ObjectNotFound,
                    $"There is no release '{name}' in {Place(ns)}. There {there}.",
                    $"{client.Server} {ns ?? "*"}/{name}",
                    "Check the name and the namespace (Get-ScalarWorkload -AllNamespaces)."));
            }
            else if (found.TrueForAll(candidate => candidate.Profile is null))
            {
                var stored = found[0].Stored;
                faults.Add(new RestoreException(
                    "NotAScalarRelease",
                    FaultCategory.InvalidArgument,
                    $"Release {stored.Namespace}/{name} is of chart '{found[0].Record.Chart}', which is none of {string.Join(", ", ChartProfiles.All.Select(profile => profile.Chart))}.",
                    $"{client.Server} {stored.Namespace}/{name}",
                    "Name a release of ScalarDB Server, ScalarDB Cluster, ScalarDL Ledger or ScalarDL Auditor."));
            }
        }

        if (faults.Count == 1)
            throw faults[0];

        if (faults.Count > 1)
        {
            throw new RestoreException(
                faults[0].Id, faults[0].Category, string.Join(" ", faults.Select(fault => fault.Message)), faults[0].Target, faults[0].Mend)
            {
                Faults = faults,
            };
        }
    }

    private RestoreException NoWorkloads(WorkloadQuery query, string? ns, string there)
    {
        var which = query.Product is { } product ? $"release of {ChartProfiles.Of(product).Chart}" : "release of a Scalar product";
        var named = query.Names.Count == 0 ? "" : $" named {string.Join(" or ", query.Names)}";
        return new RestoreException(
            "NoWorkloads",
            FaultCategory.ObjectNotFound,
            $"There is no {which}{named} in {Place(ns)}. There {there}.",
            $"{client.Server} {ns ?? "*"}",
            ns is null ? "Check the context; releases that helm keeps in an SQL database cannot be seen." : "Name another namespace with -Namespace, or use -AllNamespaces.");
    }

    private string Place(string? ns) => ns is null ? $"any namespace of {client.Server}" : $"namespace '{ns}' of {client.Server}";

    private static string Listed(IReadOnlyList<StoredRevision> releases, bool withoutConfigMaps)
    {
        const int shown = 20;
        var unseen = withoutConfigMaps ? $"; {StoredReleases.ConfigMapsForbidden}" : "";
        if (releases.Count == 0)
            return "is no release at all" + unseen;

        var names = string.Join(", ", releases.Take(shown).Select(release => $"{release.Namespace}/{release.Release}"));
        return (releases.Count <= shown ? $"is: {names}" : $"is: {names}, and {releases.Count - shown} more") + unseen;
    }

    private sealed record Candidate(StoredRevision Stored, HelmReleaseRecord Record)
    {
        public ChartProfile? Profile { get; } = ChartProfiles.Find(Record.Chart);
    }
}
