using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Databases;

/// <summary>The databases as they were noted during the pause: the truth that a restore has to bring back.</summary>
internal interface IPausedDatabases
{
    /// <summary>Items or rows.</summary>
    int Items { get; }

    /// <summary>Deletes, overwrites and adds.</summary>
    /// <returns>How many then differ; null where there is nothing to spoil.</returns>
    Task<int?> SpoilAsync(CancellationToken cancellationToken);

    /// <summary>Compares what the run restored with what was noted.</summary>
    /// <param name="run">The run, whose workloads are started again.</param>
    /// <param name="restoreTime">The restore point.</param>
    /// <param name="cancellationToken">Stops.</param>
    Task<RestoreProof> ProveAsync(RestoreRun run, DateTimeOffset restoreTime, CancellationToken cancellationToken);
}
