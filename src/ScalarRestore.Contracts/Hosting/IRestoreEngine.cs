namespace ScalarRestore.Contracts;

/// <summary>
/// The engine, as the cmdlets and the drill see it. It lives in a load context of its own; all calls are safe from several threads.
/// Every member throws <see cref="RestoreException"/> for faults and <see cref="OperationCanceledException"/> when stopped.
/// </summary>
public interface IRestoreEngine
{
    /// <summary>Finds the releases of Scalar products from Helm's own records. Reads only.</summary>
    Task<IReadOnlyList<ScalarWorkload>> GetWorkloadsAsync(WorkloadQuery query, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Guide step 1: opens a run and brings all its workloads to zero pods before it returns.</summary>
    Task<RestoreRun> StopWorkloadsAsync(StopRequest request, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Finds the databases behind workloads, their tables and their restore windows. Reads only.</summary>
    Task<IReadOnlyList<ScalarDatabase>> GetDatabasesAsync(DatabaseQuery query, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Computes the restore point from pause windows. Pure but for the clock.</summary>
    RestorePoint GetRestorePoint(RestorePointQuery query);

    /// <summary>Guide step 2: restores every database of a stopped run to one point.</summary>
    Task<RestoreRun> RestoreDatabasesAsync(RestoreRequest request, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Guide, Cosmos DB, step 4: brings back what ScalarDB keeps in an account beside its data. The run stays in its phase.</summary>
    Task<RestoreRun> RepairSchemaAsync(RepairSchemaRequest request, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Guide step 3: points the values at what was restored. Works on a run, or on files by themselves.</summary>
    Task<ValuesUpdate> UpdateValuesAsync(UpdateValuesRequest request, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Guide step 4: brings the workloads back to their original replica counts.</summary>
    Task<RestoreRun> StartWorkloadsAsync(StartRequest request, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Finds runs from their journals. Reads only.</summary>
    Task<IReadOnlyList<RestoreRun>> GetRunsAsync(RunQuery query, IHostLink host, CancellationToken cancellationToken);

    /// <summary>Takes an interrupted or failed phase up again and brings it to its end.</summary>
    Task<RestoreRun> ResumeAsync(ResumeRequest request, IHostLink host, CancellationToken cancellationToken);
}
