namespace ScalarRestore.Contracts;

/// <summary>A record of the journal, told to the host.</summary>
/// <param name="Sequence">The record's number, from 1.</param>
/// <param name="Kind">The record's kind, for example <c>step-done</c>.</param>
/// <param name="Step">The step's key, where it is about one.</param>
/// <param name="Persisted">False just before the record is written, true once it is on disk.</param>
public sealed record JournalEvent(int Sequence, string Kind, string? Step, bool Persisted);
