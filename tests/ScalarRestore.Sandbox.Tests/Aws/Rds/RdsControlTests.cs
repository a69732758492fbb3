using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScalarRestore.Sandbox.Control;
using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>What the control interface says in the place of EC2, KMS and Service Quotas, and the dump of the state.</summary>
public sealed class RdsControlTests
{
    private readonly RdsHarness _rds = new();

    [Fact]
    public async Task Defines_networks()
    {
        var before = await ControlAsync("GET", "networks");
        var defaultVpc = (string)before["defaultVpcId"]!;
        Assert.Equal(defaultVpc, (string?)Assert.Single(before["networks"]!.AsArray())!["vpcId"]);
        await ControlAsync("PUT", "networks/vpc-own", """{"subnets":{"subnet-1":"ap-northeast-1a"},"securityGroups":["sg-1"]}""");
        Assert.Equal(2, (await ControlAsync("GET", "networks"))["networks"]!.AsArray().Count);
        await Assert.ThrowsAsync<ArgumentException>(
            () => ControlAsync("PUT", "networks/vpc-other", """{"subnets":{"subnet-1":"ap-northeast-1a"},"securityGroups":["sg-2"]}"""));
        await Assert.ThrowsAsync<ArgumentException>(
            () => ControlAsync("PUT", "networks/own", """{"subnets":{"subnet-3":"ap-northeast-1a"},"securityGroups":["sg-3"]}"""));

        await ControlAsync("PUT", "networks/" + defaultVpc, """{"subnets":{"subnet-8":"ap-northeast-1a","subnet-9":"ap-northeast-1c"},"securityGroups":["sg-9"]}""");
        var instance = await _rds.InstanceAsync("i");
        Assert.Equal("sg-9", instance.Descendants("VpcSecurityGroupId").Single().Value);
        Assert.Equal(["subnet-8", "subnet-9"], instance.Descendants("SubnetIdentifier").Select(e => e.Value));
    }

    [Fact]
    public async Task Defines_keys_and_quotas()
    {
        await ControlAsync("PUT", "keys/alias/own", """{"enabled":true}""");
        await _rds.CallAsync("CreateDBInstance", $"DBInstanceIdentifier=i&{RdsHarness.Postgres}&StorageEncrypted=true&KmsKeyId=alias/own");
        await ControlAsync("PUT", "keys/alias/own", """{"enabled":false}""");
        var second = $"DBInstanceIdentifier=j&{RdsHarness.Postgres}";
        Assert.Equal("KMSKeyNotAccessibleFault", (await _rds.RefusalAsync("CreateDBInstance", second + "&StorageEncrypted=true&KmsKeyId=alias/own")).Code);

        var quotas = await ControlAsync("PUT", "quotas", """{"instances":1}""");
        Assert.Equal((1, 40), ((int)quotas["instances"]!, (int)quotas["clusters"]!));
        Assert.Equal("InstanceQuotaExceeded", (await _rds.RefusalAsync("CreateDBInstance", second)).Code);
        await ControlAsync("DELETE", "quotas");
        await _rds.CallAsync("CreateDBInstance", second);
    }

    [Fact]
    public async Task Dumps_the_same_state_of_the_same_calls()
    {
        var other = new RdsHarness();
        foreach (var rds in new[] { _rds, other })
        {
            await rds.InstanceAsync("src");
            await rds.ClusterAsync("c");
            await rds.MemberAsync("c", "m");
            await rds.CallAsync("RestoreDBInstanceToPointInTime", "SourceDBInstanceIdentifier=src&TargetDBInstanceIdentifier=dst&UseLatestRestorableTime=true");
            rds.Settle();
        }

        var dump = RdsDump.Region(_rds.Region, includeVolatile: false);
        Assert.Equal(RdsDump.Region(other.Region, includeVolatile: false).ToJsonString(), dump.ToJsonString());
        Assert.Equal(["dst", "m", "src"], dump["instances"]!.AsArray().Select(i => (string)i!["DBInstanceIdentifier"]!));
        Assert.Equal("src", (string?)dump["instances"]![0]!["restoredFrom"]);
        Assert.Equal("m", (string?)dump["clusters"]![0]!["DBClusterMembers"]![0]!["DBInstanceIdentifier"]);
        Assert.NotNull(RdsDump.Region(_rds.Region, includeVolatile: true)["instances"]![0]!["restoredTo"]);
    }

    private async Task<JsonNode> ControlAsync(string method, string path, string body = "")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var answer = await RdsControl.AnswerAsync(context.Request, _rds.Region, path.Split('/'));
        Assert.NotNull(answer);
        return JsonSerializer.SerializeToNode(answer, SandboxJson.Options)!;
    }
}
