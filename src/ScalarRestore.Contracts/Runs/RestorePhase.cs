namespace ScalarRestore.Contracts;

/// <summary>How far a run has come. Each cmdlet of the pipeline takes a run from one settled phase to the next.</summary>
public enum RestorePhase
{
    /// <summary>The run is open; nothing has been changed.</summary>
    New,

    /// <summary>Guide step 1 is under way.</summary>
    Stopping,

    /// <summary>No pod of any workload is left.</summary>
    Stopped,

    /// <summary>Guide step 2 is under way.</summary>
    Restoring,

    /// <summary>Every database is back at the restore point and verified.</summary>
    Restored,

    /// <summary>The schema of a restored Cosmos DB account is being repaired (guide, Cosmos DB, step 4). Leads back to where the run was.</summary>
    RepairingSchema,

    /// <summary>Guide step 3 is under way.</summary>
    UpdatingValues,

    /// <summary>The values point at the restored databases.</summary>
    ValuesUpdated,

    /// <summary>Guide step 4 is under way.</summary>
    Starting,

    /// <summary>All pods are ready and stay so. The run is over.</summary>
    Started,
}
