namespace ScalarRestore.Contracts;

/// <summary>A graph of steps made from reads only: it can be shown, saved, hashed, approved and run.</summary>
public sealed record RestorePlan
{
    /// <summary>The phase that the plan is for.</summary>
    public required RestorePhase Phase { get; init; }

    /// <summary>The steps, each after all that it depends on.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>The most steps that may run at once, by limit name.</summary>
    public required IReadOnlyDictionary<string, int> Limits { get; init; }

    /// <summary>SHA-256 over the steps, in lower-case hexadecimal: what <c>-ApprovePlan</c> names.</summary>
    public required string Digest { get; init; }

    /// <summary>The longest chain of estimates: no schedule can be shorter.</summary>
    public required TimeSpan CriticalPath { get; init; }

    /// <summary>The expected duration under the limits.</summary>
    public required TimeSpan Estimate { get; init; }
}
