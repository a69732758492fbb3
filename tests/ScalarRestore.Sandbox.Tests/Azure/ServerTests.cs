using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>Flexible servers and what belongs to them: changes, parameters, rules, states.</summary>
public sealed class ServerTests
{
    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Creates_a_server_and_takes_a_second_put_for_an_update(string engine)
    {
        var azure = await new AzureHarness().BeginAsync();
        var url = Url(engine, "own");
        const string Body = """{"location":"Japan East","properties":{"administratorLogin":"adm","administratorLoginPassword":"secret-123","backup":{"backupRetentionDays":10}}}""";
        Assert.Equal(202, (await azure.SendAsync("PUT", url, Body)).Status);
        Assert.Equal((409, "ServerIsBusy"), await CodeAsync(azure, "PUT", url, Body));
        azure.Pass(5);
        var server = await azure.GetAsync(url);
        Assert.Equal(("Japan East", "Ready", 10), ((string?)server["location"], (string?)server["properties"]!["state"], (int)server["properties"]!["backup"]!["backupRetentionDays"]!));
        Assert.Null(server["properties"]!["administratorLoginPassword"]);
        await azure.SendAsync("PUT", url, """{"location":"japaneast","properties":{"createMode":"Default","backup":{"backupRetentionDays":20}}}""");
        Assert.Equal("Updating", await StateAsync(azure, engine));
        azure.Pass(5);
        Assert.Equal(20, (int)(await azure.GetAsync(url))["properties"]!["backup"]!["backupRetentionDays"]!);
        Assert.Equal(202, (await azure.SendAsync("DELETE", url)).Status);
        azure.Pass(5);
        Assert.Equal((404, "ResourceNotFound"), await CodeAsync(azure, "GET", url));
        Assert.Equal(204, (await azure.SendAsync("DELETE", url)).Status);
    }

    [Fact]
    public async Task Sets_many_parameters_of_MySQL_at_once_and_the_static_ones_by_a_restart()
    {
        var azure = await NewAsync("mysql");
        var url = Url("mysql", "own");
        await DoneAsync(azure, "POST", url + "/updateConfigurations", """{"value":[{"name":"max_connections","properties":{"value":"99","source":"user-override"}},{"name":"performance_schema","properties":{"value":"ON"}}],"resetAllToDefault":"False"}""");
        Assert.Equal(("99", "user-override", "True", "False"), await ParameterAsync(azure, "mysql", "max_connections"));
        Assert.Equal(("ON", "user-override", "False", "True"), await ParameterAsync(azure, "mysql", "performance_schema"));
        await azure.SendAsync("POST", url + "/restart");
        Assert.Equal("Updating", await StateAsync(azure, "mysql"));
        azure.Pass(5);
        Assert.Equal(("ON", "user-override", "False", "False"), await ParameterAsync(azure, "mysql", "performance_schema"));
        Assert.Equal(("1", "system-default", "False", "False"), await ParameterAsync(azure, "mysql", "lower_case_table_names"));
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(azure, "PUT", url + "/configurations/lower_case_table_names", """{"properties":{"value":"2"}}"""));
        Assert.Equal((404, "ConfigurationNotExists"), await CodeAsync(azure, "GET", url + "/configurations/none"));
        await DoneAsync(azure, "POST", url + "/updateConfigurations", """{"value":[],"resetAllToDefault":"True"}""");
        Assert.Equal(("85", "system-default", "True", "False"), await ParameterAsync(azure, "mysql", "max_connections"));
    }

    [Fact]
    public async Task Sets_parameters_of_PostgreSQL_one_by_one()
    {
        var azure = await NewAsync("postgresql");
        var url = Url("postgresql", "own");
        await DoneAsync(azure, "PUT", url + "/configurations/max_connections", """{"properties":{"value":"99","source":"user-override"}}""");
        Assert.Equal(("99", "user-override", "false", "true"), await ParameterAsync(azure, "postgresql", "max_connections"));
        await DoneAsync(azure, "PATCH", url + "/configurations/max_connections", """{"properties":{"source":"system-default"}}""");
        Assert.Equal(("50", "system-default", "false", "false"), await ParameterAsync(azure, "postgresql", "max_connections"));
        Assert.Equal((404, "InvalidResourceType"), await CodeAsync(azure, "POST", url + "/updateConfigurations", "{}"));
    }

    [Theory]
    [InlineData("mysql", "ActiveDirectory")]
    [InlineData("postgresql", "11111111-0000-4000-8000-000000000000")]
    public async Task Writes_rules_administrators_and_databases(string engine, string administrator)
    {
        var azure = await NewAsync(engine);
        var url = Url(engine, "own");
        await DoneAsync(azure, "PUT", url + "/firewallRules/office", """{"properties":{"startIpAddress":"10.0.0.1","endIpAddress":"10.0.0.2"}}""");
        Assert.Equal("10.0.0.2", (string?)(await azure.GetAsync(url + "/firewallRules/office"))["properties"]!["endIpAddress"]);
        await DoneAsync(azure, "DELETE", url + "/firewallRules/office");
        Assert.Equal((404, "ResourceNotFound"), await CodeAsync(azure, "GET", url + "/firewallRules/office"));
        Assert.Equal((400, "InvalidParameterValue"), await CodeAsync(azure, "PUT", url + "/firewallRules/x", """{"properties":{"startIpAddress":"x","endIpAddress":"10.0.0.2"}}"""));
        await DoneAsync(azure, "PUT", $"{url}/administrators/{administrator}", """{"properties":{"principalName":"dba"}}""");
        Assert.Equal([administrator], Names(await azure.GetAsync(url + "/administrators")));
        await DoneAsync(azure, "PUT", url + "/databases/scalar", """{"properties":{}}""");
        Assert.Contains("scalar", Names(await azure.GetAsync(url + "/databases")));
        await DoneAsync(azure, "DELETE", url + "/databases/scalar");
        Assert.DoesNotContain("scalar", Names(await azure.GetAsync(url + "/databases")));
        Assert.Empty(Names(await azure.GetAsync(url + "/privateEndpointConnections")));
        Assert.Single(Names(await azure.GetAsync(url + "/backups")));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Takes_its_time_for_high_availability_and_keeps_other_changes_out(string engine)
    {
        var azure = await NewAsync(engine);
        var url = Url(engine, "own");
        var answer = await azure.SendAsync("PATCH", url, """{"properties":{"highAvailability":{"mode":"SameZone"}}}""");
        Assert.Equal(202, answer.Status);
        Assert.Equal("CreatingStandby", (string?)(await azure.GetAsync(url))["properties"]!["highAvailability"]!["state"]);
        Assert.Equal((409, "ServerIsBusy"), await CodeAsync(azure, "PATCH", url, """{"tags":{}}"""));
        Assert.Equal((409, "ServerIsBusy"), await CodeAsync(azure, "PUT", url + "/databases/d", "{}"));
        azure.Pass(5);
        Assert.Equal("Healthy", (string?)(await azure.GetAsync(url))["properties"]!["highAvailability"]!["state"]);
        Assert.Equal("Succeeded", (string?)(await azure.StatusAsync(answer))["status"]);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Stops_and_starts(string engine)
    {
        var azure = await NewAsync(engine);
        var url = Url(engine, "own");
        await azure.SendAsync("POST", url + "/stop");
        Assert.Equal("Stopping", await StateAsync(azure, engine));
        azure.Pass(5);
        Assert.Equal("Stopped", await StateAsync(azure, engine));
        Assert.Equal((409, "InvalidServerState"), await CodeAsync(azure, "PATCH", url, "{}"));
        await azure.SendAsync("POST", url + "/start");
        azure.Pass(5);
        Assert.Equal("Ready", await StateAsync(azure, engine));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Makes_replicas(string engine)
    {
        var azure = await NewAsync(engine);
        await azure.SendAsync("PUT", Url(engine, "copy"), $$$"""{"location":"japaneast","properties":{"createMode":"Replica","sourceServerResourceId":"{{{Url(engine, "own")}}}"}}""");
        azure.Pass(5);
        Assert.Equal(["copy"], Names(await azure.GetAsync(Url(engine, "own") + "/replicas")));
        Assert.Equal("Replica", (string?)(await azure.GetAsync(Url(engine, "copy")))["properties"]!["replicationRole"]);
        Assert.Equal(engine == "mysql" ? "Source" : "Primary", (string?)(await azure.GetAsync(Url(engine, "own")))["properties"]!["replicationRole"]);
    }

    private static async Task<AzureHarness> NewAsync(string engine)
    {
        var azure = await new AzureHarness().BeginAsync();
        await azure.ControlAsync("PUT", $"{engine}/servers/own", """{"group":"rg","location":"japaneast"}""");
        return azure;
    }

    private static string Url(string engine, string server) =>
        $"{AzureHarness.Group}/providers/{(engine == "mysql" ? "Microsoft.DBforMySQL" : "Microsoft.DBforPostgreSQL")}/flexibleServers/{server}";

    private static async Task DoneAsync(AzureHarness azure, string method, string url, string body = "")
    {
        ArmAnswer answer = await azure.SendAsync(method, url, body);
        Assert.Equal(202, answer.Status);
        azure.Pass(1);
        Assert.Equal("Succeeded", (string?)(await azure.StatusAsync(answer))["status"]);
    }

    private static async Task<(string?, string?, string?, string?)> ParameterAsync(AzureHarness azure, string engine, string name)
    {
        var properties = (await azure.GetAsync($"{Url(engine, "own")}/configurations/{name}"))["properties"]!;
        return ((string?)properties["value"], (string?)properties["source"], properties["isDynamicConfig"]!.ToString(),
            properties["isConfigPendingRestart"]!.ToString());
    }

    private static async Task<string?> StateAsync(AzureHarness azure, string engine) =>
        (string?)(await azure.GetAsync(Url(engine, "own")))["properties"]!["state"];

    private static async Task<(int, string)> CodeAsync(AzureHarness azure, string method, string url, string body = "")
    {
        var refusal = await azure.RefusalAsync(method, url, body);
        return (refusal.Status, refusal.Code);
    }

    private static IEnumerable<string> Names(JsonObject list) => list["value"]!.AsArray().Select(v => (string)v!["name"]!);
}
