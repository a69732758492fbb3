namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A parameter group of instances or of clusters. What is in it does not matter here.</summary>
internal sealed class ParameterGroup
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    /// <summary>For example postgres16.</summary>
    public required string Family { get; init; }

    public required string Description { get; init; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}
