namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>One table's way through one side of the gate, in seconds.</summary>
/// <param name="Head">Before its restore.</param>
/// <param name="Restore">Its restore, which takes one of the account's places.</param>
/// <param name="Tail">After its restore.</param>
internal readonly record struct Chain(double Head, double Restore, double Tail)
{
    /// <summary>The whole way.</summary>
    public double Total => Head + Restore + Tail;
}
