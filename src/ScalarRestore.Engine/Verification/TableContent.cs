namespace ScalarRestore.Engine.Verification;

/// <summary>What reading a table in full has shown.</summary>
/// <param name="Count">The number of items.</param>
/// <param name="Hash">The order-independent hash over all items.</param>
/// <param name="Newest">The newest transaction time in ScalarDB's own columns; null if there is none.</param>
/// <param name="Unfinished">Rows that are PREPARED or DELETED.</param>
internal sealed record TableContent(long Count, string Hash, DateTimeOffset? Newest, long Unfinished);
