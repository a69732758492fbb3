using System.Xml.Linq;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>Lists, filters, pages, tags and groups.</summary>
public sealed class RdsListTests
{
    private readonly RdsHarness _rds = new();

    [Fact]
    public async Task Pages_through_everything_once()
    {
        _rds.Set("""{"limits":{"instances":100}}""");
        var names = Enumerable.Range(0, 45).Select(i => $"db-{i:D2}").ToArray();
        foreach (var name in names)
            await _rds.CallAsync("CreateDBInstance", $"DBInstanceIdentifier={name}&{RdsHarness.Postgres}");

        var found = new List<string>();
        var pages = 0;
        string? marker = null;
        do
        {
            var page = await _rds.CallAsync("DescribeDBInstances", "MaxRecords=20" + (marker is null ? "" : "&Marker=" + marker));
            found.AddRange(page.Descendants("DBInstanceIdentifier").Select(e => e.Value));
            marker = page.Element("Marker")?.Value;
            pages++;
        }
        while (marker is not null);
        Assert.Equal(3, pages);
        Assert.Equal(names, found);
        Assert.Equal("InvalidParameterValue", (await _rds.RefusalAsync("DescribeDBInstances", "MaxRecords=19")).Code);
        Assert.Equal("InvalidParameterValue", (await _rds.RefusalAsync("DescribeDBInstances", "Marker=*")).Code);
        _rds.Set("""{"pageSize":7}""");
        Assert.Equal(7, (await _rds.CallAsync("DescribeDBInstances", "MaxRecords=20")).Descendants("DBInstance").Count());
    }

    [Theory]
    [InlineData("Name=engine&Values.Value.1=postgres", "lone")]
    [InlineData("Name=engine&Values.Value.1=postgres&Values.Value.2=aurora-postgresql", "lone member")]
    [InlineData("Name=db-cluster-id&Values.Value.1=C", "member")]
    [InlineData("Name=db-cluster-id&Values.member.1=arn:aws:rds:ap-northeast-1:123456789012:cluster:c", "member")]
    [InlineData("Name=db-instance-id&Values.Value.1=arn:aws:rds:ap-northeast-1:123456789012:db:lone", "lone")]
    [InlineData("Name=db-instance-id&Values.Value.1=none", "")]
    public async Task Filters(string filter, string names)
    {
        await _rds.InstanceAsync("lone");
        await _rds.ClusterAsync("c");
        await _rds.MemberAsync("c", "member");
        var form = string.Join('&', filter.Split('&').Select(f => "Filters.Filter.1." + f));
        Assert.Equal(names, Names(await _rds.CallAsync("DescribeDBInstances", form)));
    }

    [Fact]
    public async Task Filters_by_resource_id_and_refuses_unknown_filters()
    {
        var id = (await _rds.InstanceAsync("one")).Element("DbiResourceId")!.Value;
        await _rds.InstanceAsync("two");
        Assert.Equal("one", Names(await _rds.CallAsync("DescribeDBInstances", $"Filters.Filter.1.Name=dbi-resource-id&Filters.Filter.1.Values.Value.1={id}")));
        Assert.Equal(
            "InvalidParameterValue",
            (await _rds.RefusalAsync("DescribeDBInstances", "Filters.Filter.1.Name=colour&Filters.Filter.1.Values.Value.1=red")).Code);
    }

    [Fact]
    public async Task Takes_arns_for_names()
    {
        var instance = await _rds.InstanceAsync("One");
        var cluster = await _rds.ClusterAsync("C");
        Assert.Equal("one", (await _rds.InstanceOfAsync(instance.Element("DBInstanceArn")!.Value)).Element("DBInstanceIdentifier")!.Value);
        Assert.Equal("c", (await _rds.ClusterOfAsync(cluster.Element("DBClusterArn")!.Value)).Element("DBClusterIdentifier")!.Value);
        await _rds.CallAsync(
            "RestoreDBClusterToPointInTime",
            $"SourceDBClusterIdentifier={cluster.Element("DBClusterArn")!.Value}&DBClusterIdentifier=d&RestoreType=copy-on-write&UseLatestRestorableTime=true");
        Assert.Equal(cluster.Element("CloneGroupId")!.Value, (await _rds.ClusterOfAsync("d")).Element("CloneGroupId")!.Value);
    }

    [Fact]
    public async Task Tags_whatever_has_an_arn()
    {
        var arn = (await _rds.ClusterAsync("c", "Tags.Tag.1.Key=a&Tags.Tag.1.Value=1")).Element("DBClusterArn")!.Value;
        await _rds.CallAsync("AddTagsToResource", $"ResourceName={arn}&Tags.member.1.Key=b&Tags.member.1.Value=&Tags.member.2.Key=a&Tags.member.2.Value=2");
        Assert.Equal("a=2 b=", await TagsAsync());
        await _rds.CallAsync("RemoveTagsFromResource", $"ResourceName={arn}&TagKeys.member.1=a");
        Assert.Equal("b=", await TagsAsync());
        Assert.Equal("InvalidParameterValue", (await _rds.RefusalAsync("AddTagsToResource", $"ResourceName={arn}&Tags.Tag.1.Key=aws:x&Tags.Tag.1.Value=1")).Code);
        Assert.Equal("DBClusterNotFoundFault", (await _rds.RefusalAsync("ListTagsForResource", $"ResourceName={arn}x")).Code);
        foreach (var kind in new[] { "subgrp:default", "pg:default.postgres16", "cluster-pg:default.aurora-postgresql16", "og:default:postgres-16" })
            await _rds.CallAsync("AddTagsToResource", $"ResourceName=arn:aws:rds:ap-northeast-1:123456789012:{kind}&Tags.Tag.1.Key=k&Tags.Tag.1.Value=v");

        async Task<string> TagsAsync() => string.Join(
            ' ', (await _rds.CallAsync("ListTagsForResource", "ResourceName=" + arn)).Descendants("Tag").Select(t => $"{t.Element("Key")!.Value}={t.Element("Value")!.Value}"));
    }

    [Fact]
    public async Task Members_have_no_tags_of_their_cluster()
    {
        await _rds.ClusterAsync("c", "Tags.Tag.1.Key=a&Tags.Tag.1.Value=1");
        await _rds.MemberAsync("c", "m");
        Assert.Empty((await _rds.InstanceOfAsync("m")).Element("TagList")!.Elements());
    }

    [Theory]
    [InlineData("subnet-a1", "DBSubnetGroupDoesNotCoverEnoughAZs")]
    [InlineData("subnet-a1 subnet-a2", "DBSubnetGroupDoesNotCoverEnoughAZs")]
    [InlineData("subnet-a1 subnet-b1", "InvalidSubnet")]
    [InlineData("subnet-a1 subnet-none", "InvalidSubnet")]
    public async Task Refuses_subnets_that_make_no_group(string subnets, string code)
    {
        AddNetwork("a", ("subnet-a1", "ap-northeast-1a"), ("subnet-a2", "ap-northeast-1a"), ("subnet-a3", "ap-northeast-1c"));
        AddNetwork("b", ("subnet-b1", "ap-northeast-1c"));
        Assert.Equal(code, (await _rds.RefusalAsync("CreateDBSubnetGroup", Form(subnets))).Code);
        var group = await _rds.CallAsync("CreateDBSubnetGroup", Form("subnet-a1 subnet-a3"));
        Assert.Equal("vpc-a", group.Descendants("VpcId").Single().Value);
        Assert.Equal("DBSubnetGroupAlreadyExists", (await _rds.RefusalAsync("CreateDBSubnetGroup", Form("subnet-a1 subnet-a3"))).Code);

        static string Form(string ids) =>
            "DBSubnetGroupName=own&DBSubnetGroupDescription=d" + string.Concat(ids.Split(' ').Select((id, i) => $"&SubnetIds.SubnetIdentifier.{i + 1}={id}"));
    }

    [Fact]
    public async Task Knows_default_groups_of_every_kind()
    {
        Assert.Equal(
            "postgres16", (await _rds.CallAsync("DescribeDBParameterGroups", "DBParameterGroupName=default.postgres16")).Descendants("DBParameterGroupFamily").Single().Value);
        Assert.Single((await _rds.CallAsync("DescribeDBClusterParameterGroups", "DBClusterParameterGroupName=default.aurora-mysql8.0")).Descendants("DBClusterParameterGroup"));
        Assert.Equal(
            ["8.0"], (await _rds.CallAsync("DescribeOptionGroups", "EngineName=mysql&MajorEngineVersion=8.0")).Descendants("MajorEngineVersion").Select(e => e.Value));
        Assert.Equal("DBParameterGroupNotFound", (await _rds.RefusalAsync("DescribeDBParameterGroups", "DBParameterGroupName=none")).Code);
        Assert.Equal("DBParameterGroupAlreadyExists", (await TwiceAsync("CreateDBClusterParameterGroup", "DBClusterParameterGroupName=x&DBParameterGroupFamily=aurora-mysql8.0&Description=d")).Code);
        Assert.Equal("OptionGroupAlreadyExistsFault", (await TwiceAsync("CreateOptionGroup", "OptionGroupName=x&EngineName=mysql&MajorEngineVersion=8.0&OptionGroupDescription=d")).Code);

        async Task<ScalarRestore.Sandbox.Aws.AwsException> TwiceAsync(string operation, string form)
        {
            await _rds.CallAsync(operation, form);
            return await _rds.RefusalAsync(operation, form);
        }
    }

    [Theory]
    [InlineData("RestoreDBInstanceToPointInTime", "SourceDBInstanceIdentifier=a&TargetDBInstanceIdentifier=B", "b", true)]
    [InlineData("CreateDBInstance", "DBClusterIdentifier=c&DBInstanceIdentifier=m", "m", true)]
    [InlineData("DescribeDBClusters", "DBClusterIdentifier=arn:aws:rds:r:1:cluster:c", "c", false)]
    [InlineData("ListTagsForResource", "ResourceName=arn:aws:rds:r:1:db:i", "i", false)]
    [InlineData("DescribeDBInstances", "", null, false)]
    public async Task Says_what_a_call_is_about(string operation, string form, string? resource, bool isWrite)
    {
        var call = await _rds.DescribeAsync(operation, form);
        Assert.Equal(("rds", operation, resource, isWrite), (call.Service, call.Operation, call.Resource, call.IsWrite));
    }

    private static string Names(XElement result) =>
        string.Join(' ', result.Descendants("DBInstance").Select(i => i.Element("DBInstanceIdentifier")!.Value));

    private void AddNetwork(string name, params (string Id, string Zone)[] subnets) => _rds.Region.Networks["vpc-" + name] = new(
        "vpc-" + name, subnets.ToDictionary(s => s.Id, s => s.Zone, StringComparer.Ordinal), ["sg-" + name]);
}
