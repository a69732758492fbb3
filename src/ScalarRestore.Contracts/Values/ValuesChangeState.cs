namespace ScalarRestore.Contracts;

/// <summary>How far a change of values is.</summary>
public enum ValuesChangeState
{
    /// <summary>Nothing had to change.</summary>
    Unchanged,

    /// <summary>It would be changed: <c>-WhatIf</c>, or it was declined.</summary>
    Planned,

    /// <summary>It is changed.</summary>
    Changed,

    /// <summary><c>Start-ScalarWorkload</c> will apply it.</summary>
    OnStart,
}
