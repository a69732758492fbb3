using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.World;

/// <summary>What was noted while the application was paused: the truth that a restore has to bring back.</summary>
/// <param name="Start">The begin of the window.</param>
/// <param name="End">Its end.</param>
/// <param name="Items">Every item of every table.</param>
/// <param name="Settings">The settings of all tables.</param>
/// <param name="Deletions">Deletions of live tables so far.</param>
internal sealed record PauseNotes(DateTimeOffset Start, DateTimeOffset End, Snapshot Items, JsonNode Settings, int Deletions);
