namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>One account or server as it was during the pause.</summary>
/// <param name="Source">The account or server.</param>
/// <param name="View">What the API told of it.</param>
/// <param name="Items">Its items.</param>
/// <param name="Key">The key that its clients use; null where they have passwords of their own.</param>
internal sealed record PausedSource(AzureSource Source, AzureView View, Snapshot Items, string? Key);
