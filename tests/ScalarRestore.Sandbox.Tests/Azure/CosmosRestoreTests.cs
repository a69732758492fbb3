using System.Text.Json.Nodes;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>Restores of Cosmos DB: the wire, the times, what comes along and what does not.</summary>
public sealed class CosmosRestoreTests
{
    private const string Source = AzureHarness.Accounts + "/source";
    private const string Target = AzureHarness.Accounts + "/target";

    [Fact]
    public async Task Goes_from_creating_to_succeeded_by_time_alone()
    {
        var azure = await NewAsync("""{"cosmos":{"restoreAccountSeconds":100}}""");
        var at = azure.Now;
        azure.Pass(10);
        var answer = await azure.SendAsync("PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), at));
        Assert.Equal(200, answer.Status);
        var properties = answer.Body!["properties"]!;
        Assert.Equal("Creating", (string?)properties["provisioningState"]);
        Assert.Null(properties["documentEndpoint"]);
        Assert.Equal("https://source-westus.documents.azure.com:443/", (string?)properties["writeLocations"]![0]!["documentEndpoint"]);
        Assert.Null(AzureHarness.Header(answer, "Retry-After"));
        var status = AzureHarness.Header(answer, "Azure-AsyncOperation")!;
        Assert.InRange(status.Length, 4000, 5000);
        Assert.Contains("sig-canary-", status, StringComparison.Ordinal);
        Assert.StartsWith($"https://localhost:1{AzureHarness.Provider}/locations/westus/operationsStatus/", status, StringComparison.Ordinal);

        azure.Pass(99);
        Assert.Equal("""{"status":"Dequeued"}""", (await azure.StatusAsync(answer)).ToJsonString());
        Assert.Equal(202, (await azure.SendAsync("GET", AzureHarness.Header(answer, "Location")!)).Status);
        Assert.Equal("NotFound", (await azure.RefusalAsync("GET", $"{Target}/sqlDatabases")).Code);
        azure.Pass(2);
        Assert.Equal("""{"status":"Succeeded"}""", (await azure.StatusAsync(answer)).ToJsonString());
        var restored = (await azure.GetAsync(Target))["properties"]!;
        Assert.Equal("Succeeded", (string?)restored["provisioningState"]);
        Assert.Equal("https://target.documents.azure.com:443/", (string?)restored["documentEndpoint"]);
        Assert.Equal("https://target-westus.documents.azure.com:443/", (string?)restored["writeLocations"]![0]!["documentEndpoint"]);
        Assert.Equal("target", (string?)(await azure.SendAsync("GET", AzureHarness.Header(answer, "Location")!)).Body!["name"]);
    }

    [Fact]
    public async Task Brings_the_data_of_the_instant_and_little_else()
    {
        var azure = await NewAsync();
        await azure.ControlAsync("POST", "cosmos/accounts/source/items", """{"database":"ledger","container":"accounts","items":{"a":{"v":2},"b":{"v":1}}}""");
        azure.Pass(60);
        var at = azure.Now;
        azure.Pass(60);
        await azure.ControlAsync("POST", "cosmos/accounts/source/items", """{"database":"ledger","container":"accounts","items":{"a":{"v":3},"b":null,"c":{}}}""");
        await azure.ControlAsync("PUT", "cosmos/accounts/source/databases", """{"late":{"containers":{"x":{}}}}""");
        azure.Pass(60);
        await azure.SendAsync("PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), at, ",\"consistencyPolicy\":{\"defaultConsistencyLevel\":\"Strong\"}"));
        azure.Pass(60);

        Assert.Equal("""{"a":{"v":2},"b":{"v":1}}""", (await ItemsAsync(azure, "target"))["items"]!.ToJsonString());
        Assert.Equal(
            (string?)(await ItemsAsync(azure, "source", at))["itemsSha256"], (string?)(await ItemsAsync(azure, "target"))["itemsSha256"]);
        Assert.Equal(["ledger"], Names(await azure.GetAsync($"{Target}/sqlDatabases")));
        Assert.Equal(400, (int)(await azure.GetAsync($"{Target}/sqlDatabases/ledger/throughputSettings/default"))["properties"]!["resource"]!["throughput"]!);
        Assert.Empty(Names(await azure.GetAsync($"{Target}/sqlDatabases/ledger/containers/accounts/storedProcedures")));
        Assert.Equal(["mutate.js"], Names(await azure.GetAsync($"{Source}/sqlDatabases/ledger/containers/accounts/storedProcedures")));
        var restored = await azure.GetAsync(Target);
        var properties = restored["properties"]!;
        Assert.Equal(
            ("Tls", "Enabled", "Session", "[]", "Restore", "{}"),
            ((string?)properties["minimalTlsVersion"], (string?)properties["publicNetworkAccess"],
                (string?)properties["consistencyPolicy"]!["defaultConsistencyLevel"], properties["ipRules"]!.ToJsonString(),
                (string?)properties["createMode"], restored["tags"]!.ToJsonString()));
        Assert.Equal($"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", (string?)properties["restoreParameters"]!["restoreTimestampInUtc"]);
        Assert.NotEqual(
            (string?)(await azure.SendAsync("POST", $"{Source}/listKeys")).Body!["primaryMasterKey"],
            (string?)(await azure.SendAsync("POST", $"{Target}/listKeys")).Body!["primaryMasterKey"]);
        Assert.NotEqual(await azure.InstanceAsync("source"), await azure.InstanceAsync("target"));
    }

    [Fact]
    public async Task Takes_safety_fields_tags_and_a_choice_of_databases()
    {
        var azure = await NewAsync();
        await azure.ControlAsync("PUT", "cosmos/accounts/source/databases", """{"own":{"containers":{"x":{"resource":{"partitionKey":{"paths":["/id"],"kind":"Hash"},"defaultTtl":60},"throughput":{"autoscaleSettings":{"maxThroughput":4000}}},"y":{}}}}""");
        azure.Pass(5);
        var body = AzureHarness.RestoreBody(
            await azure.InstanceAsync("source"), azure.Now,
            ",\"publicNetworkAccess\":\"Disabled\",\"minimalTlsVersion\":\"Tls12\"",
            ",\"restoreWithTtlDisabled\":true,\"databasesToRestore\":[{\"databaseName\":\"own\",\"collectionNames\":[\"x\"]}]");
        await azure.SendAsync("PUT", Target, body);
        azure.Pass(60);
        var properties = (await azure.GetAsync(Target))["properties"]!;
        Assert.Equal(("Tls12", "Disabled"), ((string?)properties["minimalTlsVersion"], (string?)properties["publicNetworkAccess"]));
        Assert.Equal(["own"], Names(await azure.GetAsync($"{Target}/sqlDatabases")));
        Assert.Equal(["x"], Names(await azure.GetAsync($"{Target}/sqlDatabases/own/containers")));
        Assert.Null((await azure.GetAsync($"{Target}/sqlDatabases/own/containers/x"))["properties"]!["resource"]!["defaultTtl"]);
        Assert.Equal("NotFound", (await azure.RefusalAsync("GET", $"{Target}/sqlDatabases/own/throughputSettings/default")).Code);
        Assert.Equal(
            4000,
            (int)(await azure.GetAsync($"{Target}/sqlDatabases/own/containers/x/throughputSettings/default"))["properties"]!["resource"]!["autoscaleSettings"]!["maxThroughput"]!);
    }

    [Fact]
    public async Task Fails_where_the_settings_say_so_and_forgets_the_operation()
    {
        var azure = await NewAsync("""{"operationRecordSeconds":100,"cosmos":{"failRestores":{"tar*":"InternalServerError"}}}""");
        var answer = await azure.SendAsync("PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), azure.Now));
        azure.Pass(50);
        var status = await azure.StatusAsync(answer);
        Assert.Equal(("Failed", "InternalServerError"), ((string?)status["status"], (string?)status["error"]!["code"]));
        Assert.Equal("Failed", (string?)(await azure.GetAsync(Target))["properties"]!["provisioningState"]);
        azure.Pass(100);
        var url = AzureHarness.Header(answer, "Azure-AsyncOperation")!;
        Assert.Equal((404, "NotFound"), await CodeAsync(azure, "GET", url));
    }

    [Fact]
    public async Task Takes_an_operations_address_only_with_its_signature()
    {
        var azure = await NewAsync();
        var answer = await azure.SendAsync("PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), azure.Now));
        var url = AzureHarness.Header(answer, "Azure-AsyncOperation")!;
        Assert.Equal((400, "InvalidOperationUri"), await CodeAsync(azure, "GET", url.Split('&')[0]));
        Assert.Equal((400, "InvalidOperationUri"), await CodeAsync(azure, "GET", url.Replace("sig-canary-", "sig-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(-10, "after the account has been created")]
    [InlineData(1000, "not later than the latest restorable time")]
    public async Task Refuses_times_outside_of_the_window(double seconds, string words)
    {
        var azure = await NewAsync();
        var at = azure.Now.AddSeconds(seconds);
        azure.Pass(10);
        var refusal = await azure.RefusalAsync("PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), at));
        Assert.Equal((400, "BadRequest"), (refusal.Status, refusal.Code));
        Assert.Contains($"Invalid restore timestamp. Please provide a time (in UTC) {(seconds < 0 ? "" : "that is ")}{words}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_times_that_backups_do_not_reach_back_to()
    {
        var azure = await NewAsync();
        var at = azure.Now;
        azure.Pass(TimeSpan.FromDays(31).TotalSeconds);
        var refusal = await azure.RefusalAsync("PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), at));
        Assert.Contains("Invalid restore timestamp.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_the_service_refuses()
    {
        var azure = await NewAsync();
        await azure.ControlAsync("PUT", "cosmos/accounts/old", """{"group":"rg","location":"westus","databases":{"d":{}}}""");
        azure.Pass(10);
        var instance = await azure.InstanceAsync("source");
        var good = AzureHarness.RestoreBody(instance, azure.Now);
        Assert.Contains("Could not find a restorable", await MessageAsync(Target, AzureHarness.RestoreBody(await azure.InstanceAsync("old"), azure.Now)), StringComparison.Ordinal);
        Assert.Contains("Cannot find regional database account", await MessageAsync(Target, AzureHarness.RestoreBody(instance, azure.Now, location: "East US")), StringComparison.Ordinal);
        Assert.Contains("defaultIdentity", await MessageAsync(Target, AzureHarness.RestoreBody(instance, azure.Now, ",\"defaultIdentity\":\"FirstPartyIdentity\"")), StringComparison.Ordinal);
        Assert.Contains("'none' did not exist", await MessageAsync(Target, AzureHarness.RestoreBody(instance, azure.Now, "", ",\"databasesToRestore\":[{\"databaseName\":\"none\"}]")), StringComparison.Ordinal);
        Assert.Contains("not valid", await MessageAsync(AzureHarness.Accounts + "/No_Name", good), StringComparison.Ordinal);
        Assert.Equal("Invalid restore timestamp", await MessageAsync(Target, good.Replace($"{azure.Now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", "7/24/2026 1:00 AM", StringComparison.Ordinal)));
        Assert.Equal((409, "Conflict"), await CodeAsync(azure, "PUT", Source, good));
        await azure.SendAsync("PUT", Target, good);
        Assert.Equal((412, "PreconditionFailed"), await CodeAsync(azure, "PUT", Target, good));
        Assert.Equal((412, "PreconditionFailed"), await CodeAsync(azure, "PATCH", Target, """{"properties":{"minimalTlsVersion":"Tls12"}}"""));

        async Task<string> MessageAsync(string url, string body) => (await azure.RefusalAsync("PUT", url, body)).Message;
    }

    [Fact]
    public async Task Refuses_parts_of_a_database_that_shares_its_throughput()
    {
        var azure = await NewAsync();
        await azure.ControlAsync("PUT", "cosmos/accounts/source/databases", """{"ledger":{"containers":{"more":{}}}}""");
        azure.Pass(10);
        var refusal = await azure.RefusalAsync(
            "PUT", Target, AzureHarness.RestoreBody(await azure.InstanceAsync("source"), azure.Now, "", ",\"databasesToRestore\":[{\"databaseName\":\"ledger\",\"collectionNames\":[\"more\"]}]"));
        Assert.Contains("only be restored as a whole", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_accounts_of_one_name_that_are_gone_and_restores_them()
    {
        var azure = await NewAsync();
        var first = await azure.InstanceAsync("source");
        azure.Pass(10);
        var at = azure.Now;
        azure.Pass(10);
        Assert.Equal(202, (await azure.SendAsync("DELETE", Source)).Status);
        azure.Pass(10);
        Assert.Equal(204, (await azure.SendAsync("DELETE", Source)).Status);
        await azure.AccountAsync("source", ",\"hideRegions\":true");
        var rows = (await azure.GetAsync($"{AzureHarness.Provider}/restorableDatabaseAccounts"))["value"]!.AsArray();
        Assert.Equal([first, await azure.InstanceAsync("source")], rows.Select(r => (string)r!["name"]!));
        Assert.All(rows, r => Assert.Equal("source", (string?)r!["properties"]!["accountName"]));
        Assert.NotNull(rows[0]!["properties"]!["deletionTime"]);
        Assert.Null(rows[1]!["properties"]!["deletionTime"]);
        Assert.Single(rows[0]!["properties"]!["restorableLocations"]!.AsArray());
        Assert.Empty(rows[1]!["properties"]!["restorableLocations"]!.AsArray());
        var restorable = $"{AzureHarness.Provider}/locations/West%20US/restorableDatabaseAccounts";
        Assert.Equal(2, (await azure.GetAsync(restorable))["value"]!.AsArray().Count);
        Assert.Equal(
            (404, "NotFound"),
            await CodeAsync(azure, "GET", $"{restorable}/{first}/restorableSqlResources?api-version=1&restoreLocation=westus&restoreTimestampInUtc={at.UtcDateTime:O}"));
        await azure.SendAsync("PUT", Target, AzureHarness.RestoreBody(first, at));
        azure.Pass(10);
        Assert.Equal("""{"a":{"v":1}}""", (await ItemsAsync(azure, "target"))["items"]!.ToJsonString());
    }

    private static async Task<AzureHarness> NewAsync(string settings = "{}")
    {
        var azure = await new AzureHarness().BeginAsync();
        azure.Set(settings);
        await azure.AccountAsync("source");

        // Restore times are cut to whole seconds, and what was made in this one would be missing.
        azure.Pass(2);
        return azure;
    }

    private static async Task<JsonNode> ItemsAsync(AzureHarness azure, string account, DateTimeOffset? at = null) => (JsonNode)(await azure.ControlAsync(
        "GET", $"cosmos/accounts/{account}/items?database=ledger&container=accounts{(at is { } instant ? $"&at={instant.ToUnixTimeMilliseconds()}" : "")}"))!;

    private static async Task<(int, string)> CodeAsync(AzureHarness azure, string method, string url, string body = "")
    {
        var refusal = await azure.RefusalAsync(method, url, body);
        return (refusal.Status, refusal.Code);
    }

    private static IEnumerable<string> Names(JsonObject list) => list["value"]!.AsArray().Select(v => (string)v!["name"]!);
}
