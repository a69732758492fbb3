namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A VPC, as far as databases care.</summary>
/// <param name="VpcId">vpc-….</param>
/// <param name="Subnets">Its subnets and the zone of each.</param>
/// <param name="SecurityGroups">Its security groups. The first is the one that a database gets where none is given.</param>
internal sealed record Network(string VpcId, IReadOnlyDictionary<string, string> Subnets, IReadOnlyList<string> SecurityGroups);
