using System.IO.Enumeration;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>Which workloads of a run are meant.</summary>
internal static class WorkloadSelection
{
    /// <summary>The workloads whose release's name fits one of the patterns; all where there is none.</summary>
    /// <exception cref="RestoreException"><c>WorkloadNotInRun</c>.</exception>
    public static IReadOnlyList<RunWorkload> Of(IReadOnlyList<RunWorkload> workloads, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!workloads.Any(workload => FileSystemName.MatchesSimpleExpression(name, workload.Before.Name, ignoreCase: false)))
            {
                throw new RestoreException(
                    "WorkloadNotInRun",
                    FaultCategory.ObjectNotFound,
                    $"The run has no workload '{name}'; it has {string.Join(", ", workloads.Select(workload => workload.Before.Name))}.",
                    name,
                    "Check -Name. Nothing was changed.");
            }
        }

        return names.Count == 0
            ? workloads
            : [.. workloads.Where(workload => names.Any(name => FileSystemName.MatchesSimpleExpression(name, workload.Before.Name, ignoreCase: false)))];
    }
}
