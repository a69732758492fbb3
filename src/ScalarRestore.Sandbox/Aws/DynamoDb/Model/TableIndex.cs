namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>A secondary index as it lives.</summary>
internal sealed class TableIndex(IndexShape shape)
{
    public IndexShape Shape { get; set; } = shape;

    /// <summary>CREATING, UPDATING, DELETING or ACTIVE.</summary>
    public string Status { get; set; } = "CREATING";

    public bool IsBackfilling { get; set; }
}
