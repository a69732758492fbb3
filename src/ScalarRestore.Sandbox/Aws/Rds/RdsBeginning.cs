using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>What an account has in a region before anybody made anything: the default VPC, and a default for every kind of group.</summary>
internal static class RdsBeginning
{
    public static void Fill(RdsRegion region)
    {
        region.Keys[region.DefaultKey] = true;
        region.Keys[region.SecretsKey] = true;

        // Tokyo has no zone b for new accounts.
        string[] letters = region.Region == "ap-northeast-1" ? ["a", "c", "d"] : ["a", "b", "c"];
        var network = new Network(
            "vpc-" + region.Hash("vpc")[..17],
            letters.ToDictionary(l => "subnet-" + region.Hash("subnet" + l)[..17], l => region.Region + l, StringComparer.Ordinal),
            ["sg-" + region.Hash("sg")[..17]]);
        region.Networks[network.VpcId] = network;
        region.SubnetGroups["default"] = new SubnetGroup
        {
            Name = "default",
            Arn = region.Arn("subgrp", "default"),
            Description = "default",
            VpcId = network.VpcId,
            Subnets = network.Subnets,
        };
        foreach (var engine in RdsEngine.Known)
        {
            foreach (var major in engine.Majors)
                AddGroups(region, engine, major);
        }
    }

    private static void AddGroups(RdsRegion region, RdsEngine engine, string major)
    {
        var family = engine.FamilyOf(major);
        var name = "default." + family;
        region.ParameterGroups[name] = Group("pg", $"Default parameter group for {family}");
        if (engine.HasClusters)
            region.ClusterParameterGroups[name] = Group("cluster-pg", $"Default cluster parameter group for {family}");

        var optionGroup = engine.DefaultOptionGroupOf(major);
        region.OptionGroups[optionGroup] = new OptionGroup
        {
            Name = optionGroup,
            Arn = region.Arn("og", optionGroup),
            Engine = engine.Name,
            Major = major,
            Description = $"Default option group for {engine.Name} {major}",
        };

        ParameterGroup Group(string kind, string description) =>
            new() { Name = name, Arn = region.Arn(kind, name), Family = family, Description = description };
    }
}
