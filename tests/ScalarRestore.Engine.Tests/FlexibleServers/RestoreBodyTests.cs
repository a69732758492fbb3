using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases.FlexibleServers;

namespace ScalarRestore.Engine.Tests.FlexibleServers;

/// <summary>The bodies of restores, against the shapes of domain/azure.md, sections 2 and 3.</summary>
public sealed class RestoreBodyTests
{
    [Theory]
    [InlineData("mysql", """{"availabilityZone":"2","network":{"publicNetworkAccess":"Disabled"},"backup":{"geoRedundantBackup":"Enabled"}}""", """{"availabilityZone":"2","network":{"publicNetworkAccess":"Disabled"}}""")]
    [InlineData("postgresql", """{"network":{"publicNetworkAccess":"Enabled"},"backup":{"geoRedundantBackup":"Enabled","backupRetentionDays":7}}""", """{"network":{"publicNetworkAccess":"Enabled"},"backup":{"geoRedundantBackup":"Enabled"}}""")]
    [InlineData("mysql", """{"network":{"publicNetworkAccess":"Disabled","delegatedSubnetResourceId":"/s","privateDnsZoneResourceId":"/z"}}""", """{"network":{"delegatedSubnetResourceId":"/s","privateDnsZoneResourceId":"/z"}}""")]
    [InlineData("postgresql", """{"network":{"publicNetworkAccess":"Disabled","delegatedSubnetResourceId":"/s","privateDnsZoneArmResourceId":"/z"}}""", """{"network":{"delegatedSubnetResourceId":"/s","privateDnsZoneArmResourceId":"/z"}}""")]
    [InlineData("postgresql", """{"network":{},"dataEncryption":{"type":"SystemManaged"},"highAvailability":{"mode":"ZoneRedundant"},"storage":{"storageSizeGB":128},"version":"16"}""", """{"network":{}}""")]
    public void What_is_chosen_follows_the_source(string engine, string properties, string expected)
    {
        var shape = RestoreBody.Shape(FlexibleEngine.ByWord(engine), new JsonObject { ["location"] = "Japan East", ["properties"] = JsonNode.Parse(properties) });
        Assert.Equal($$"""{"location":"japaneast","properties":{{expected}}}""", shape.ToJsonString());
    }

    [Fact]
    public void The_customers_key_comes_along_with_the_identities_that_may_read_it()
    {
        var server = JsonNode.Parse("""
            {
              "location":"japaneast","identity":{"type":"UserAssigned","userAssignedIdentities":{"/id":{"principalId":"p","clientId":"c"}}},
              "properties":{"network":{},"dataEncryption":{"type":"AzureKeyVault","primaryKeyURI":"https://v/k","primaryUserAssignedIdentityId":"/id","primaryEncryptionKeyStatus":"Valid"}}
            }
            """)!.AsObject();
        Assert.Equal(
            """{"location":"japaneast","properties":{"network":{},"dataEncryption":{"type":"AzureKeyVault","primaryKeyURI":"https://v/k","primaryUserAssignedIdentityId":"/id"}},"identity":{"type":"UserAssigned","userAssignedIdentities":{"/id":{}}}}""",
            RestoreBody.Shape(FlexibleEngine.PostgreSql, server).ToJsonString());
    }

    [Theory]
    [InlineData("mysql", "restorePointInTime")]
    [InlineData("postgresql", "pointInTimeUTC")]
    public void The_restore_point_is_a_whole_second_in_UTC_whatever_its_offset(string engine, string property)
    {
        var basis = FlexibleNamesTests.Input("orders");
        var input = new RestoreServerInput
        {
            Source = basis.Source with { EngineWord = engine },
            Target = basis.Target,
            Timeout = basis.Timeout,
            RunId = basis.RunId,
            RestoreTime = basis.RestoreTime.ToOffset(TimeSpan.FromHours(9)),
            Shape = new JsonObject { ["location"] = "japaneast", ["properties"] = new JsonObject() },
            Tags = new Dictionary<string, string> { ["team"] = "orders" },
        };
        Assert.Equal(
            $$$"""{"location":"japaneast","properties":{"createMode":"PointInTimeRestore","sourceServerResourceId":"{{{input.Source.ResourceId}}}","{{{property}}}":"2026-06-27T05:09:09Z"},"tags":{"scalarrestore-restore-time":"2026-06-27T05:09:09Z","scalarrestore-run":"20260101-000000-ab12","scalarrestore-source":"orders","team":"orders"}}""",
            RestoreBody.Of(input).ToJsonString());
        Assert.Empty(input.Shape["properties"]!.AsObject());
    }
}
