using System.Globalization;

namespace ScalarRestore.Engine.Workloads;

/// <summary>The steps' keys for the workloads of a run. Where these are in several clusters, the keys tell which.</summary>
internal sealed class WorkloadKeys(IReadOnlyList<RunWorkload> workloads)
{
    private readonly bool _several =
        workloads.Select(workload => workload.Before.Cluster.TrimEnd('/')).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any();

    /// <summary>A step's key.</summary>
    /// <param name="verb">What it does.</param>
    /// <param name="workload">The workload.</param>
    public string Of(string verb, RunWorkload workload) => _several
        ? $"{verb}:{Host(workload.Before.Cluster)}/{workload.Before.Namespace}/{workload.Before.Name}"
        : $"{verb}:{workload.Before.Namespace}/{workload.Before.Name}";

    /// <summary>Host and port, and the path where there is one: a proxy may have several clusters behind it.</summary>
    private static string Host(string server) => Uri.TryCreate(server, UriKind.Absolute, out var uri)
        ? string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{uri.Port}{uri.AbsolutePath.TrimEnd('/')}")
        : server;
}
