using ScalarRestore.Drill.Databases;

namespace ScalarRestore.Drill.World;

/// <summary>What was noted while the application was paused.</summary>
/// <param name="Start">The begin of the window.</param>
/// <param name="End">Its end.</param>
/// <param name="Databases">The databases as they were in it.</param>
internal sealed record PauseNotes(DateTimeOffset Start, DateTimeOffset End, IPausedDatabases Databases);
