namespace ScalarRestore.Contracts;

/// <summary>The verdict on a run so far.</summary>
public enum RestoreOutcome
{
    /// <summary>The run has further phases to go, or was interrupted in one.</summary>
    Incomplete,

    /// <summary>Every phase is done and every check passed.</summary>
    Succeeded,

    /// <summary>Every phase is done; something needs a person's eye.</summary>
    SucceededWithWarnings,

    /// <summary>The operator gave the restore up before anything live was changed; the workloads run on the data that they had.</summary>
    Abandoned,

    /// <summary>A step failed. The workloads stay stopped.</summary>
    Failed,
}
