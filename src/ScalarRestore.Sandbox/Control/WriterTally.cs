namespace ScalarRestore.Sandbox.Control;

/// <summary>What the background writer did to one table.</summary>
internal sealed class WriterTally
{
    public long Writes { get; set; }

    /// <summary>Writes that the table's state did not allow.</summary>
    public long Refused { get; set; }

    public DateTimeOffset? FirstWrite { get; set; }

    public DateTimeOffset? LastWrite { get; set; }

    /// <summary>Accepted and refused writes by the state in which the table was; <c>missing</c> where there was none.</summary>
    public SortedDictionary<string, long> WritesByTableState { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The ids of the tables written to, in order: more than one means that the table was replaced under the writer.</summary>
    public List<string> TableIds { get; init; } = [];

    public WriterTally Copy() => new()
    {
        Writes = Writes,
        Refused = Refused,
        FirstWrite = FirstWrite,
        LastWrite = LastWrite,
        WritesByTableState = new(WritesByTableState, StringComparer.Ordinal),
        TableIds = [.. TableIds],
    };
}
