namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>A restored account in which every container was seen to have its stored procedure.</summary>
internal sealed record WritableAccount
{
    /// <summary>The restored account's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many containers ScalarDB writes into.</summary>
    public required int Containers { get; init; }
}
