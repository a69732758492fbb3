using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Journal;

/// <summary>One fact of a run's history.</summary>
/// <param name="Sequence">The position, from 1.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Kind">What kind of fact; see <see cref="JournalKinds"/>.</param>
/// <param name="Step">The step that it is about; null for facts of the run.</param>
/// <param name="Data">The fact. Secrets never enter it.</param>
internal sealed record JournalRecord(int Sequence, DateTimeOffset At, string Kind, string? Step, JsonObject Data);
