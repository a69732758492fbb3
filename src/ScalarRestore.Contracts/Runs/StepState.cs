namespace ScalarRestore.Contracts;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Begun; if no process works on it, a resume takes it up.</summary>
    Running,

    /// <summary>Its post-condition was seen to hold.</summary>
    Done,

    /// <summary>It failed; a resume tries it again.</summary>
    Failed,
}
