namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>The subnets, all of one VPC, that a database may be put into.</summary>
internal sealed class SubnetGroup
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required string Description { get; init; }

    public required string VpcId { get; init; }

    /// <summary>Subnets and the zone of each.</summary>
    public required IReadOnlyDictionary<string, string> Subnets { get; set; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Zones => Subnets.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
