namespace ScalarRestore.Sandbox.Control;

/// <summary>How the background writer is doing.</summary>
/// <param name="Running">Whether it may still write.</param>
/// <param name="RunningPods">Pods at the last look.</param>
/// <param name="HasSeenPods">Whether there ever were any.</param>
/// <param name="EndedAt">When it ended, sandbox time.</param>
/// <param name="LastSequence">The number of the last round.</param>
/// <param name="Tables">By table.</param>
internal sealed record WriterReport(
    bool Running,
    int RunningPods,
    bool HasSeenPods,
    DateTimeOffset? EndedAt,
    long LastSequence,
    IReadOnlyDictionary<string, WriterTally> Tables);
