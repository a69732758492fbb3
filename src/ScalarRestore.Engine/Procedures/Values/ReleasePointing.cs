using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>What <c>Start-ScalarWorkload</c> has to apply to one release. Journaled, so without any value.</summary>
/// <param name="Cluster">The cluster's API server.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Release">The release.</param>
/// <param name="Values">What changes.</param>
internal sealed record ReleasePointing(string Cluster, string Namespace, string Release, ReleaseValues Values)
{
    /// <summary>Whether it is about a workload of the run.</summary>
    public bool IsFor(RunWorkload workload) =>
        Cluster == workload.Before.Cluster && Namespace == workload.Before.Namespace && Release == workload.Before.Name;
}
