namespace ScalarRestore.Engine.Databases;

/// <summary>What a provider captured of one or more databases; turned into steps by pure code.</summary>
internal interface IDatabaseCapture
{
    /// <summary>The databases, for consent and for messages.</summary>
    IReadOnlyList<ScalarDatabase> Databases { get; }

    /// <summary>What the operator should know before consenting.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>The most steps that may run at once, by limit name.</summary>
    IReadOnlyDictionary<string, int> Limits { get; }

    /// <summary>Steps that make and check copies. None of them changes what is live.</summary>
    IReadOnlyList<PlannedStep> CopySteps { get; }

    /// <summary>
    /// Steps behind the gate. The caller makes each that depends on nothing depend on the gate, and the gate on all copy steps of all captures that have such steps.
    /// </summary>
    IReadOnlyList<PlannedStep> SwapSteps { get; }

    /// <summary>One sentence on what is deleted, for the question at the gate, for example <c>delete 12 DynamoDB tables in 123456789012/ap-northeast-1: a, b, ...</c>; null if nothing is.</summary>
    string? DeletionSentence { get; }
}
