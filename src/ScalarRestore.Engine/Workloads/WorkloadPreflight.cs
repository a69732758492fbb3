namespace ScalarRestore.Engine.Workloads;

/// <summary>What must hold before workloads are stopped. Pure; tells all faults at once.</summary>
internal static class WorkloadPreflight
{
    /// <summary>Checks workloads as they were found.</summary>
    /// <returns>What is wrong but was declared to be acceptable.</returns>
    /// <exception cref="RestoreException"><c>NoWorkloads</c>, <c>ReleasePending</c>, <c>WorkloadBlocked</c>.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<ScalarWorkload> workloads, bool ignoreBlockers)
    {
        if (workloads.Count == 0)
        {
            throw new RestoreException(
                "NoWorkloads", FaultCategory.InvalidArgument, "No workload was named, and none never means all.", "workloads", "Name them: Get-ScalarWorkload ... | Stop-ScalarWorkload.");
        }

        var faults = workloads.SelectMany(workload => Faults(workload, ignoreBlockers)).ToList();
        return faults.Count switch
        {
            0 => [.. workloads.Where(workload => workload.Blockers.Count > 0).Select(Blocked)],
            1 => throw faults[0],
            _ => throw new RestoreException(
                faults[0].Id, faults[0].Category, string.Join(" ", faults.Select(fault => fault.Message)), string.Join(", ", faults.Select(fault => fault.Target)), faults[0].Mend)
            {
                Faults = faults,
            },
        };
    }

    private static IEnumerable<RestoreException> Faults(ScalarWorkload workload, bool ignoreBlockers)
    {
        var name = $"{workload.Namespace}/{workload.Name}";
        var target = $"{workload.Cluster} {name}";
        if (HelmReleaseRecord.IsPending(workload.ReleaseStatus))
        {
            yield return new RestoreException(
                "ReleasePending",
                FaultCategory.ResourceBusy,
                $"Revision {workload.Revision} of release {name} is '{workload.ReleaseStatus}': somebody else is changing the release, or was interrupted.",
                target,
                $"Wait for it to end; if nobody is at it, bring the release back with 'helm rollback {workload.Name} -n {workload.Namespace}'; if it was a restore, resume that run (Get-ScalarRestoreRun shows the command).");
        }

        if (workload.Blockers.Count > 0 && !ignoreBlockers)
        {
            yield return new RestoreException(
                "WorkloadBlocked",
                FaultCategory.InvalidOperation,
                Blocked(workload),
                target,
                "Suspend it first (delete or detach the autoscaler, suspend the GitOps application), or go on with -IgnoreBlockers.");
        }
    }

    private static string Blocked(ScalarWorkload workload) =>
        $"Something may start the pods of {workload.Namespace}/{workload.Name} again while the databases are restored: {string.Join(", ", workload.Blockers)}.";
}
