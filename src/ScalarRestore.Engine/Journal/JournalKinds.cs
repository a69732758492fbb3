namespace ScalarRestore.Engine.Journal;

/// <summary>The kinds of journal records.</summary>
internal static class JournalKinds
{
    /// <summary>A run begins: who, where, which workloads.</summary>
    public const string RunOpened = "run-opened";

    /// <summary>Another process took the run up.</summary>
    public const string RunResumed = "run-resumed";

    /// <summary>A phase was planned; carries the whole plan.</summary>
    public const string PhasePlanned = "phase-planned";

    /// <summary>Somebody consented to what cannot be undone.</summary>
    public const string ConsentGiven = "consent-given";

    /// <summary>A step is about to begin.</summary>
    public const string StepIntended = "step-intended";

    /// <summary>A step has started an operation of the cloud.</summary>
    public const string OperationStarted = "operation-started";

    /// <summary>A step's post-condition was seen to hold.</summary>
    public const string StepDone = "step-done";

    /// <summary>A step failed.</summary>
    public const string StepFailed = "step-failed";

    /// <summary>Something needs a person's eye.</summary>
    public const string Warning = "warning";

    /// <summary>A phase is over.</summary>
    public const string PhaseClosed = "phase-closed";

    /// <summary>The run is over.</summary>
    public const string RunClosed = "run-closed";
}
