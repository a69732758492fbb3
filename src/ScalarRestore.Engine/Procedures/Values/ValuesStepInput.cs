namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>The input of the steps that change a file or a Secret.</summary>
/// <param name="Intent">What was asked for: each step plans again from it and does its own part.</param>
/// <param name="Change">What was planned, for the report; without a diff.</param>
internal sealed record ValuesStepInput(ValuesIntent Intent, ValuesChange Change);
