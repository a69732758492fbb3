namespace ScalarRestore.Contracts;

/// <summary>One database that a workload's properties point at. User names, passwords and keys are left out on purpose.</summary>
public sealed record WorkloadStorage
{
    /// <summary>The storage's name in a multi-storage configuration; empty for the single one.</summary>
    public string Name { get; init; } = "";

    /// <summary>The value of <c>scalar.db.storage</c>: dynamo, cosmos, jdbc, cassandra.</summary>
    public required string Storage { get; init; }

    /// <summary>The value of <c>scalar.db.contact_points</c> as written; a placeholder stays a placeholder.</summary>
    public string? ContactPoints { get; init; }

    /// <summary>DynamoDB: <c>scalar.db.dynamo.namespace.prefix</c>, put before every table name.</summary>
    public string NamespacePrefix { get; init; } = "";

    /// <summary>The namespace of the metadata table; <c>scalardb</c> unless set.</summary>
    public string MetadataNamespace { get; init; } = "scalardb";

    /// <summary>The namespace of the coordinator table; <c>coordinator</c> unless set.</summary>
    public string CoordinatorNamespace { get; init; } = "coordinator";

    /// <summary>The product's own namespaces that belong to this storage (ScalarDL: <c>scalar</c> or <c>auditor</c>); empty means all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];
}
