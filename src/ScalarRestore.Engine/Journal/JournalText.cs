namespace ScalarRestore.Engine.Journal;

/// <summary>The lines of a journal as they were found.</summary>
/// <param name="Lines">The whole lines.</param>
/// <param name="Torn">What follows the last line end; null if nothing does.</param>
internal sealed record JournalText(IReadOnlyList<string> Lines, string? Torn);
