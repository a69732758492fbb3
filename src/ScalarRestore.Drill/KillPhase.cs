namespace ScalarRestore.Drill;

/// <summary>A phase of a run, in the order in which its journal has them.</summary>
internal enum KillPhase
{
    /// <summary>The workloads are stopped.</summary>
    Stop,

    /// <summary>The databases are restored.</summary>
    Restore,

    /// <summary>The values are updated.</summary>
    Values,

    /// <summary>The workloads are started.</summary>
    Start,
}
