using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Tags of whatever has an ARN.</summary>
internal static class TagOperations
{
    public static IEnumerable<XElement?> List(RdsCall call) => [RdsXml.Tags("TagList", TagsOf(call))];

    public static IEnumerable<XElement?>? Add(RdsCall call)
    {
        CommonParameters.Tag(
            TagsOf(call), call.Form.Tags() ?? throw new AwsException("MissingParameter", "The request must contain the parameter Tags."));
        return null;
    }

    public static IEnumerable<XElement?>? Remove(RdsCall call)
    {
        var tags = TagsOf(call);
        var keys = call.Form.List("TagKeys")
            ?? throw new AwsException("MissingParameter", "The request must contain the parameter TagKeys.");
        foreach (var key in keys)
            tags.Remove(key);

        return null;
    }

    private static SortedDictionary<string, string> TagsOf(RdsCall call)
    {
        var (region, form, _) = call;
        var arn = form.Required("ResourceName");
        if (arn.Split(':', 7) is not ["arn", _, "rds", var place, var account, var kind, var name])
            throw RdsErrors.Value($"The parameter ResourceName must be provided and must be a valid ARN: {arn}");

        if (place != region.Region || account != region.Account)
            throw RdsErrors.Value($"The specified resource name does not match an RDS resource in this region: {arn}");

        return kind switch
        {
            "db" => region.GetInstance(name).Tags,
            "cluster" => region.GetCluster(name).Tags,
            "cluster-endpoint" => EndpointOperations.Get(call, name).Tags,
            "subgrp" => region.GetSubnetGroup(name).Tags,
            "pg" => GroupOperations.GetParameters(region.ParameterGroups, name, "DBParameterGroup").Tags,
            "cluster-pg" => GroupOperations.GetParameters(region.ClusterParameterGroups, name, "DBClusterParameterGroup").Tags,
            "og" => region.OptionGroups.GetValueOrDefault(name)?.Tags
                ?? throw new AwsException("OptionGroupNotFoundFault", $"Specified OptionGroupName: {name} not found.", 404),
            _ => throw RdsErrors.Value($"The specified resource name does not match an RDS resource: {arn}"),
        };
    }
}
