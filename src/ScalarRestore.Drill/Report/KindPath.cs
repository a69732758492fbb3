namespace ScalarRestore.Drill.Report;

/// <summary>How long one kind of database took.</summary>
/// <param name="Seconds">The longest chain through its own steps: as long as it would have taken alone.</param>
/// <param name="Times">From its first step's begin to its last one's end.</param>
internal sealed record KindPath(double Seconds, StepTimes Times);
