namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>A table as it was captured: the input of planning.</summary>
internal sealed record CapturedTable
{
    /// <summary>Which table.</summary>
    public required TableIdentity Identity { get; init; }

    /// <summary>Its settings.</summary>
    public required TableFacts Facts { get; init; }

    /// <summary>The service's size, up to six hours old.</summary>
    public long ApproximateBytes { get; init; }
}
