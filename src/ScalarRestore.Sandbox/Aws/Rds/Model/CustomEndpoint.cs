namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A custom endpoint of an Aurora cluster.</summary>
internal sealed class CustomEndpoint
{
    public required string Id { get; init; }

    public required string ResourceId { get; init; }

    public required string Arn { get; init; }

    public required DbCluster Cluster { get; init; }

    /// <summary>READER or ANY.</summary>
    public required string Type { get; set; }

    /// <summary>creating, available, modifying or deleting.</summary>
    public string Status { get; set; } = "creating";

    /// <summary>The members that it is of; with none it is of all but the excluded ones.</summary>
    public List<string> StaticMembers { get; set; } = [];

    public List<string> ExcludedMembers { get; set; } = [];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}
