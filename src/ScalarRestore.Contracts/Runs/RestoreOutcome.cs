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

    /// <summary>A step failed. The workloads stay stopped.</summary>
    Failed,
}
