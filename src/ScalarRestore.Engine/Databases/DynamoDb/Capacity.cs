namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>The throughput of a table or an index; what does not apply is null.</summary>
internal sealed record Capacity
{
    /// <summary>Provisioned reads a second.</summary>
    public long? Read { get; init; }

    /// <summary>Provisioned writes a second.</summary>
    public long? Write { get; init; }

    /// <summary>The most reads a second on demand.</summary>
    public long? MaxRead { get; init; }

    /// <summary>The most writes a second on demand.</summary>
    public long? MaxWrite { get; init; }

    /// <summary>Reads a second that are warm, where someone asked for more than what is given anyway.</summary>
    public long? WarmRead { get; init; }

    /// <summary>Writes a second that are warm, likewise.</summary>
    public long? WarmWrite { get; init; }
}
