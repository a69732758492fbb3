using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Subnet groups, parameter groups and option groups.</summary>
internal static class GroupOperations
{
    public static IEnumerable<XElement?> CreateSubnets(RdsCall call)
    {
        var (region, form, _) = call;
        var name = form.Required("DBSubnetGroupName").ToLowerInvariant();
        if (region.SubnetGroups.ContainsKey(name))
            throw new AwsException("DBSubnetGroupAlreadyExists", $"The DB subnet group '{name}' already exists.");

        if (region.SubnetGroups.Count >= region.Limits.SubnetGroups)
            throw new AwsException("DBSubnetGroupQuotaExceeded", "The request would exceed the allowed number of DB subnet groups.");

        var ids = form.List("SubnetIds", "SubnetIdentifier") is { Count: > 0 } given
            ? given
            : throw new AwsException("MissingParameter", "The request must contain the parameter SubnetIds.");
        if (ids.Count > region.Limits.SubnetsPerSubnetGroup)
            throw new AwsException(
                "DBSubnetQuotaExceededFault", "The request would exceed the allowed number of subnets in a DB subnet group.");

        var missing = ids.Where(id => !region.Networks.Values.Any(n => n.Subnets.ContainsKey(id))).ToArray();
        if (missing.Length > 0)
            throw new AwsException("InvalidSubnet", $"The subnet ID '{missing[0]}' does not exist.");

        var networks = region.Networks.Values.Where(n => ids.Any(n.Subnets.ContainsKey)).ToArray();
        if (networks.Length > 1)
            throw new AwsException("InvalidSubnet", "The specified subnets are not all in the same VPC.");

        var group = new SubnetGroup
        {
            Name = name,
            Arn = region.Arn("subgrp", name),
            Description = form.Required("DBSubnetGroupDescription"),
            VpcId = networks[0].VpcId,
            Subnets = ids.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => networks[0].Subnets[id], StringComparer.Ordinal),
        };
        if (group.Zones.Count() < 2)
            throw new AwsException(
                "DBSubnetGroupDoesNotCoverEnoughAZs",
                $"The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: {string.Join(", ", group.Zones)}. Add subnets to cover at least 2 AZs.");

        CommonParameters.Tag(group.Tags, form.Tags() ?? []);
        region.SubnetGroups.Add(name, group);
        return [GroupXml.Subnets(group)];
    }

    public static IEnumerable<XElement?> DescribeSubnets(RdsCall call)
    {
        var all = call.Form.Text("DBSubnetGroupName") is { } name
            ? [call.Region.GetSubnetGroup(name)]
            : call.Region.SubnetGroups.Values.AsEnumerable();
        return Page(call, "DBSubnetGroups", all, g => g.Name, GroupXml.Subnets);
    }

    public static IEnumerable<XElement?> CreateParameters(RdsCall call)
    {
        var group = NewParameters(
            call, call.Region.ParameterGroups, "DBParameterGroupName", "pg", call.Region.Limits.ParameterGroups, ofClusters: false);
        return [GroupXml.Parameters(group)];
    }

    public static IEnumerable<XElement?> DescribeParameters(RdsCall call)
    {
        var all = call.Form.Text("DBParameterGroupName") is { } name
            ? [GetParameters(call.Region.ParameterGroups, name, "DBParameterGroup")]
            : call.Region.ParameterGroups.Values.AsEnumerable();
        return Page(call, "DBParameterGroups", all, g => g.Name, GroupXml.Parameters);
    }

    public static IEnumerable<XElement?> CreateClusterParameters(RdsCall call)
    {
        var group = NewParameters(
            call, call.Region.ClusterParameterGroups, "DBClusterParameterGroupName", "cluster-pg", call.Region.Limits.ClusterParameterGroups,
            ofClusters: true);
        return [GroupXml.ClusterParameters(group)];
    }

    public static IEnumerable<XElement?> DescribeClusterParameters(RdsCall call)
    {
        var all = call.Form.Text("DBClusterParameterGroupName") is { } name
            ? [GetParameters(call.Region.ClusterParameterGroups, name, "DBClusterParameterGroup")]
            : call.Region.ClusterParameterGroups.Values.AsEnumerable();
        return Page(call, "DBClusterParameterGroups", all, g => g.Name, GroupXml.ClusterParameters);
    }

    public static IEnumerable<XElement?> CreateOptions(RdsCall call)
    {
        var (region, form, _) = call;
        var name = RdsNames.Checked("OptionGroupName", form.Required("OptionGroupName"));
        if (region.OptionGroups.ContainsKey(name))
            throw new AwsException("OptionGroupAlreadyExistsFault", $"An option group named {name} already exists.");

        if (region.OptionGroups.Values.Count(g => !IsDefault(g.Name)) >= region.Limits.OptionGroups)
            throw new AwsException("OptionGroupQuotaExceededFault", "The request would exceed the allowed number of option groups.");

        var engine = RdsEngine.Get(form.Required("EngineName"));
        var major = form.Required("MajorEngineVersion");
        if (!engine.Majors.Contains(major, StringComparer.Ordinal))
            throw RdsErrors.Combination($"Cannot find major version {major} for {engine.Name}");

        var group = new OptionGroup
        {
            Name = name,
            Arn = region.Arn("og", name),
            Engine = engine.Name,
            Major = major,
            Description = form.Required("OptionGroupDescription"),
        };
        CommonParameters.Tag(group.Tags, form.Tags() ?? []);
        region.OptionGroups.Add(name, group);
        return [GroupXml.Options(group)];
    }

    public static IEnumerable<XElement?> DescribeOptions(RdsCall call)
    {
        var form = call.Form;
        var name = form.Text("OptionGroupName")?.ToLowerInvariant();
        if (name is not null && !call.Region.OptionGroups.ContainsKey(name))
            throw new AwsException("OptionGroupNotFoundFault", $"Specified OptionGroupName: {name} not found.", 404);

        var engine = form.Text("EngineName");
        var major = form.Text("MajorEngineVersion");
        var all = call.Region.OptionGroups.Values.Where(
            g => (name is null || g.Name == name) && (engine is null || g.Engine == engine) && (major is null || g.Major == major));
        return Page(call, "OptionGroupsList", all, g => g.Name, GroupXml.Options);
    }

    public static ParameterGroup GetParameters(SortedDictionary<string, ParameterGroup> groups, string name, string kind) =>
        groups.GetValueOrDefault(RdsNames.Plain(name))
        ?? throw new AwsException(kind + "NotFound", $"{kind} not found: {RdsNames.Plain(name)}", 404);

    private static IEnumerable<XElement?> Page<T>(
        RdsCall call, string name, IEnumerable<T> all, Func<T, string> key, Func<T, XElement> describe) =>
        Paging.Page(
            call, name, Filtering.Where(call, all, new Dictionary<string, Func<T, string?>>(StringComparer.Ordinal)), key, describe);

    private static bool IsDefault(string name) => name.StartsWith("default", StringComparison.Ordinal);

    private static ParameterGroup NewParameters(
        RdsCall call, SortedDictionary<string, ParameterGroup> groups, string parameter, string kind, int quota, bool ofClusters)
    {
        var form = call.Form;
        var name = RdsNames.Checked(parameter, form.Required(parameter));
        if (groups.ContainsKey(name))
            throw new AwsException("DBParameterGroupAlreadyExists", $"Parameter group {name} already exists");

        if (groups.Values.Count(g => !IsDefault(g.Name)) >= quota)
            throw new AwsException("DBParameterGroupQuotaExceeded", "The request would exceed the allowed number of DB parameter groups.");

        var family = form.Required("DBParameterGroupFamily");
        if (!RdsEngine.Known.Any(e => (!ofClusters || e.HasClusters) && e.Majors.Any(m => e.FamilyOf(m) == family)))
            throw RdsErrors.Value($"ParameterGroupFamily {family} is not a valid parameter group family");

        var group = new ParameterGroup
        {
            Name = name, Arn = call.Region.Arn(kind, name), Family = family, Description = form.Required("Description"),
        };
        CommonParameters.Tag(group.Tags, form.Tags() ?? []);
        groups.Add(name, group);
        return group;
    }
}
