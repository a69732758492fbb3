namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>One account as it was during the pause.</summary>
/// <param name="Source">The account.</param>
/// <param name="View">What the API told of it.</param>
/// <param name="Items">Its items.</param>
/// <param name="Key">The key that its clients use.</param>
internal sealed record PausedAccount(AccountSource Source, AccountView View, Snapshot Items, string Key);
