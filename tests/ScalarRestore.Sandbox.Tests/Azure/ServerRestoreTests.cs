using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>Restores of flexible servers: the wire, the times, what comes along and what does not.</summary>
public sealed class ServerRestoreTests
{
    private const string Seed =
        """{"group":"rg","location":"japaneast","tags":{"team":"ledger"},"properties":{"maintenanceWindow":{"customWindow":"Enabled","dayOfWeek":3}},"firewallRules":{"office":{"startIpAddress":"10.0.0.1","endIpAddress":"10.0.0.9"}},"configurations":{"max_connections":"200"},"administrators":{"ActiveDirectory":{"login":"dba"}},"databases":{"scalar":{"accounts":{"a":{"v":1}}}}}""";

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Goes_unseen_then_unready_then_ready(string engine)
    {
        var azure = await NewAsync(engine, "\"restoreSeconds\":100,\"firstBackupSeconds\":300");
        var answer = await azure.SendAsync("PUT", Url(engine, "target"), Body(engine, azure.Now));
        Assert.Equal((202, "RestoreSnapshotManagementOperation"), (answer.Status, (string?)answer.Body!["operation"]));
        var isMySql = engine == "mysql";
        Assert.Equal(isMySql, AzureHarness.Header(answer, "Retry-After") is not null);
        var status = AzureHarness.Header(answer, "Azure-AsyncOperation")!;
        Assert.Contains($"/providers/{Provider(engine)}/locations/japaneast/azureAsyncOperation/", status, StringComparison.Ordinal);
        Assert.Contains("sig-canary-", status, StringComparison.Ordinal);
        Assert.Equal("ResourceNotFound", (await azure.RefusalAsync("GET", Url(engine, "target"))).Code);
        Assert.Equal(["source"], await NamesAsync(azure, $"{AzureHarness.Group}/providers/{Provider(engine)}/flexibleServers"));
        azure.Pass(80);
        Assert.Equal(isMySql ? "Updating" : "Provisioning", await StateAsync(azure, engine, "target"));
        Assert.Equal("InProgress", (string?)(await azure.StatusAsync(answer))["status"]);
        azure.Pass(30);
        Assert.Equal("Ready", await StateAsync(azure, engine, "target"));
        Assert.Equal("Succeeded", (string?)(await azure.StatusAsync(answer))["status"]);
        var target = await azure.GetAsync(Url(engine, "target"));
        Assert.Equal(isMySql ? "target.mysql.database.azure.com" : "target.postgres.database.azure.com", (string?)target["properties"]!["fullyQualifiedDomainName"]);
        Assert.Null(target["properties"]!["backup"]!["earliestRestoreDate"]);
        Assert.Null(target["properties"]!["sourceServerResourceId"]);
        azure.Pass(301);
        Assert.EndsWith("+00:00", (string?)(await azure.GetAsync(Url(engine, "target")))["properties"]!["backup"]!["earliestRestoreDate"], StringComparison.Ordinal);
        Assert.Equal("target", (string?)(await azure.SendAsync("GET", AzureHarness.Header(answer, "Location")!)).Body!["name"]);
    }

    [Theory]
    [InlineData("mysql", true, true)]
    [InlineData("mysql", false, false)]
    [InlineData("postgresql", true, false)]
    [InlineData("postgresql", false, true)]
    public async Task Carries_over_what_the_settings_say(string engine, bool firewall, bool parameters)
    {
        var azure = await NewAsync(
            engine,
            $"\"firewallCopied\":{(firewall ? "true" : "false")},\"parametersApplied\":{(parameters ? "true" : "false")},\"tagsCopied\":true");
        azure.Pass(60);
        var at = azure.Now;
        azure.Pass(60);
        await azure.ControlAsync("POST", $"{engine}/servers/source/rows", """{"database":"scalar","table":"accounts","rows":{"a":{"v":2},"b":{}}}""");
        await azure.SendAsync("PUT", Url(engine, "target"), Body(engine, at, ""","tags":{"pitr":"yes"}"""));
        azure.Pass(60);
        var target = await azure.GetAsync(Url(engine, "target"));
        Assert.Equal("""{"pitr":"yes","team":"ledger"}""", target["tags"]!.ToJsonString());
        Assert.Equal("Disabled", (string?)target["properties"]!["maintenanceWindow"]!["customWindow"]);
        Assert.Equal(firewall ? ["office"] : [], await NamesAsync(azure, Url(engine, "target") + "/firewallRules"));
        Assert.Empty(await NamesAsync(azure, Url(engine, "target") + "/administrators"));
        var parameter = (await azure.GetAsync(Url(engine, "target") + "/configurations/max_connections"))["properties"]!;
        Assert.Equal(parameters ? ("200", "user-override") : (engine == "mysql" ? "85" : "50", "system-default"), ((string?)parameter["value"], (string?)parameter["source"]));
        Assert.Contains("scalar", await NamesAsync(azure, Url(engine, "target") + "/databases"));
        var rows = (JsonNode)(await azure.ControlAsync("GET", $"{engine}/servers/target/rows?database=scalar&table=accounts"))!;
        Assert.Equal("""{"a":{"v":1}}""", rows["items"]!.ToJsonString());
        var source = (JsonNode)(await azure.ControlAsync("GET", $"{engine}/servers/source/rows?database=scalar&table=accounts&at={at.ToUnixTimeMilliseconds()}"))!;
        Assert.Equal((string?)source["itemsSha256"], (string?)rows["itemsSha256"]);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Refuses_what_the_service_refuses(string engine)
    {
        var azure = await NewAsync(engine, "\"restoreSeconds\":100");
        var url = Url(engine, "target");
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(url, Body(engine, azure.Now.AddSeconds(-5))));
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(url, Body(engine, azure.Now.AddSeconds(5))));
        Assert.Equal((500, "InternalServerError"), await CodeAsync(url, Body(engine, azure.Now).Replace($"{azure.Now.UtcDateTime:O}", "07/24/2026", StringComparison.Ordinal)));
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(url, Body(engine, azure.Now, properties: ""","highAvailability":{"mode":"ZoneRedundant"}""")));
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(url, Body(engine, azure.Now).Replace("japaneast", "westus", StringComparison.Ordinal)));
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(url, Body(engine, azure.Now).Replace("/flexibleServers/", "/servers/", StringComparison.Ordinal)));
        Assert.Equal((404, "ResourceNotFound"), await CodeAsync(url, Body(engine, azure.Now).Replace("/source", "/none", StringComparison.Ordinal)));
        Assert.Equal((400, "InvalidServerName"), await CodeAsync(Url(engine, "No_Name"), Body(engine, azure.Now)));
        Assert.Equal((409, "ServerNameAlreadyExists"), await CodeAsync(Url(engine, "source"), Body(engine, azure.Now)));
        await azure.SendAsync("PUT", url, Body(engine, azure.Now));
        Assert.Equal((409, "ServerIsBusy"), await CodeAsync(url, Body(engine, azure.Now)));
        var name = $"/subscriptions/{AzureSubscription.DefaultId}/providers/{Provider(engine)}";
        var request = $$"""{"name":"target","type":"{{Provider(engine)}}/flexibleServers"}""";
        Assert.False((bool)(await azure.SendAsync("POST", $"{name}/locations/japaneast/checkNameAvailability", request)).Body!["nameAvailable"]!);
        Assert.True((bool)(await azure.SendAsync("POST", $"{name}/checkNameAvailability", request.Replace("target", "free", StringComparison.Ordinal))).Body!["nameAvailable"]!);

        async Task<(int, string)> CodeAsync(string where, string body)
        {
            var refusal = await azure.RefusalAsync("PUT", where, body);
            return (refusal.Status, refusal.Code);
        }
    }

    [Fact]
    public async Task Refuses_a_source_without_a_backup_and_one_with_a_key_unless_it_is_sent()
    {
        var azure = await NewAsync("mysql", "\"restoreSeconds\":1");
        await azure.ControlAsync("PUT", "mysql/servers/young", """{"group":"rg","location":"japaneast","hasBackup":false}""");
        Assert.Null((await azure.GetAsync(Url("mysql", "young")))["properties"]!["backup"]!["earliestRestoreDate"]);
        var refusal = await azure.RefusalAsync("PUT", Url("mysql", "target"), Body("mysql", azure.Now).Replace("/source", "/young", StringComparison.Ordinal));
        Assert.Contains("no backup yet", refusal.Message, StringComparison.Ordinal);
        await azure.ControlAsync("PUT", "mysql/servers/keyed", """{"group":"rg","location":"japaneast","properties":{"dataEncryption":{"type":"AzureKeyVault"}}}""");
        var body = Body("mysql", azure.Now).Replace("/source", "/keyed", StringComparison.Ordinal);
        Assert.Contains("identity and dataEncryption", (await azure.RefusalAsync("PUT", Url("mysql", "target"), body)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_to_private_or_public_access()
    {
        var azure = await NewAsync("postgresql", "\"restoreSeconds\":1");
        const string Network = "\"network\":{\"delegatedSubnetResourceId\":\"/s\",\"privateDnsZoneArmResourceId\":\"/z\"}";
        await azure.ControlAsync("PUT", "postgresql/servers/private", $$$"""{"group":"rg","location":"japaneast","properties":{{{{Network}}}}}""");
        Assert.Contains(
            "private access to public access",
            (await azure.RefusalAsync("PUT", Url("postgresql", "target"), Body("postgresql", azure.Now, properties: "," + Network))).Message,
            StringComparison.Ordinal);
        var body = Body("postgresql", azure.Now, properties: "," + Network).Replace("/source", "/private", StringComparison.Ordinal);
        await azure.SendAsync("PUT", Url("postgresql", "target"), body);
        azure.Pass(10);
        Assert.Equal(
            """{"publicNetworkAccess":"Disabled","delegatedSubnetResourceId":"/s","privateDnsZoneArmResourceId":"/z"}""",
            (await azure.GetAsync(Url("postgresql", "target")))["properties"]!["network"]!.ToJsonString());
    }

    [Fact]
    public async Task Leaves_nothing_of_a_restore_that_fails()
    {
        var azure = await NewAsync("postgresql", "\"failRestores\":{\"*\":\"InternalServerError\"}");
        var answer = await azure.SendAsync("PUT", Url("postgresql", "target"), Body("postgresql", azure.Now));
        azure.Pass(10);
        var status = await azure.StatusAsync(answer);
        Assert.Equal(("Failed", "InternalServerError"), ((string?)status["status"], (string?)status["error"]!["code"]));
        Assert.Equal("ResourceNotFound", (await azure.RefusalAsync("GET", Url("postgresql", "target"))).Code);
    }

    private static async Task<AzureHarness> NewAsync(string engine, string settings)
    {
        var azure = await new AzureHarness().BeginAsync();
        azure.Set($$$"""{"{{{engine}}}":{ {{{settings}}} } }""");
        await azure.ControlAsync("PUT", $"{engine}/servers/source", Seed);
        return azure;
    }

    private static string Provider(string engine) => engine == "mysql" ? "Microsoft.DBforMySQL" : "Microsoft.DBforPostgreSQL";

    private static string Url(string engine, string server) => $"{AzureHarness.Group}/providers/{Provider(engine)}/flexibleServers/{server}";

    private static string Body(string engine, DateTimeOffset at, string more = "", string properties = "") =>
        $$$"""{"location":"japaneast","properties":{"createMode":"PointInTimeRestore","sourceServerResourceId":"{{{Url(engine, "source")}}}","{{{(engine == "mysql" ? "restorePointInTime" : "pointInTimeUTC")}}}":"{{{at.UtcDateTime:O}}}"{{{properties}}} }{{{more}}} }""";

    private static async Task<string?> StateAsync(AzureHarness azure, string engine, string server) =>
        (string?)(await azure.GetAsync(Url(engine, server)))["properties"]!["state"];

    private static async Task<IEnumerable<string>> NamesAsync(AzureHarness azure, string url) =>
        (await azure.GetAsync(url))["value"]!.AsArray().Select(v => (string)v!["name"]!);
}
