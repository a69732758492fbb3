namespace ScalarRestore.Sandbox.Hosting;

/// <summary>One line of the fault plan: which calls it is about, which of them it hits, and what happens to those.</summary>
internal sealed record FaultRule
{
    /// <summary>The service, or <c>*</c>.</summary>
    public string Service { get; init; } = "*";

    /// <summary>A glob over the operation.</summary>
    public string Operation { get; init; } = "*";

    /// <summary>A glob over the resource.</summary>
    public string Resource { get; init; } = "*";

    /// <summary>The first matching call that is hit, from 1.</summary>
    public int From { get; init; } = 1;

    /// <summary>How many are hit; 0 is for ever. Unset: once, or for ever where a probability is given.</summary>
    public int? Times { get; init; }

    /// <summary>The chance of each such call to be hit.</summary>
    public double? Probability { get; init; }

    /// <summary>What happens.</summary>
    public required FaultEffect Effect { get; init; }

    /// <summary>The error code, for <see cref="FaultEffect.Error"/> and <see cref="FaultEffect.Throttle"/>.</summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status that goes with it.</summary>
    public int? Status { get; init; }

    /// <summary>Sandbox seconds: of a <see cref="FaultEffect.Delay"/> (1 unless told), or until a <see cref="FaultEffect.Hang"/> is cut
    /// (never unless told).</summary>
    public double? DelaySeconds { get; init; }

    /// <summary>Whether the rule is about this call at all.</summary>
    public bool Concerns(CallDescription call) =>
        Glob.Matches(Service, call.Service) && Glob.Matches(Operation, call.Operation) && Glob.Matches(Resource, call.Resource);
}
