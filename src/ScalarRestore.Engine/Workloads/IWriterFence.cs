namespace ScalarRestore.Engine.Workloads;

/// <summary>Looks, right before something irreversible, whether the workloads are still at zero.</summary>
internal interface IWriterFence
{
    /// <summary>Checks all workloads of the run.</summary>
    /// <exception cref="RestoreException">A pod of a workload of the run exists, or its Deployment wants one.</exception>
    Task EnsureNoWritersAsync(CancellationToken cancellationToken);
}
