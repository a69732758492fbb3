namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>The tables of one workload's storage.</summary>
internal sealed record FoundTables
{
    /// <summary>The tables, without the metadata table.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The metadata table.</summary>
    public string? Metadata { get; init; }

    /// <summary>The coordinator table, if it is among them.</summary>
    public string? Coordinator { get; init; }

    /// <summary>What is wrong already.</summary>
    public IReadOnlyList<RestoreException> Faults { get; init; } = [];

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
