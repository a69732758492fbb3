using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>Accounts of Cosmos DB and what is in them: changes, lists, keys, feeds.</summary>
public sealed class CosmosAccountTests
{
    private const string Account = AzureHarness.Accounts + "/source";
    private const string Database = Account + "/sqlDatabases/ledger";
    private const string Container = Database + "/containers/accounts";

    [Fact]
    public async Task Shows_a_change_when_it_is_done()
    {
        var azure = await NewAsync("""{"cosmos":{"updateAccountSeconds":10}}""");
        var answer = await azure.SendAsync("PATCH", Account, """{"properties":{"consistencyPolicy":{"defaultConsistencyLevel":"Eventual"}},"tags":{"a":"b"}}""");
        Assert.Equal((200, "Updating"), (answer.Status, (string?)answer.Body!["properties"]!["provisioningState"]));
        Assert.Equal("Strong", await ConsistencyAsync(azure));
        Assert.Equal("Dequeued", (string?)(await azure.StatusAsync(answer))["status"]);
        Assert.Equal((412, "PreconditionFailed"), await CodeAsync(azure, "PUT", $"{Container}/storedProcedures/x", """{"properties":{"resource":{"id":"x","body":"f"}}}"""));
        azure.Pass(11);
        Assert.Equal("Eventual", await ConsistencyAsync(azure));
        Assert.Equal("""{"a":"b"}""", (await azure.GetAsync(Account))["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Fails_an_update_where_the_settings_say_so()
    {
        var azure = await NewAsync("""{"cosmos":{"failUpdates":{"source":"ServiceUnavailable"}}}""");
        var answer = await azure.SendAsync("PATCH", Account, """{"properties":{"minimalTlsVersion":"Tls"}}""");
        azure.Pass(10);
        Assert.Equal("Failed", (string?)(await azure.StatusAsync(answer))["status"]);
        Assert.Equal("Tls12", (string?)(await azure.GetAsync(Account))["properties"]!["minimalTlsVersion"]);
    }

    [Theory]
    [InlineData("""{"properties":{"backupPolicy":{"type":"Continuous","continuousModeProperties":{"tier":"Continuous7Days"}},"minimalTlsVersion":"Tls"}}""", "backup mode and other properties")]
    [InlineData("""{"properties":{"backupPolicy":{"type":"Periodic"}}}""", "cannot be disabled")]
    [InlineData("""{"properties":{"locations":[{"locationName":"westus"},{"locationName":"eastus","failoverPriority":1}],"minimalTlsVersion":"Tls"}}""", "adding or removing regions")]
    [InlineData("""{"properties":{"locations":[{"locationName":"nowhere"}]}}""", "'nowhere' is not valid")]
    [InlineData("""{"properties":{"consistencyPolicy":{"defaultConsistencyLevel":"Weak"}}}""", "'Weak'")]
    [InlineData("""{"properties":{"minimalTlsVersion":"Tls13"}}""", "'Tls13'")]
    public async Task Refuses_changes(string body, string words)
    {
        var azure = await NewAsync();
        var refusal = await azure.RefusalAsync("PATCH", Account, body);
        Assert.Equal((400, "BadRequest"), (refusal.Status, refusal.Code));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_regions_and_remembers_those_that_went()
    {
        var azure = await NewAsync();
        await azure.SendAsync("PATCH", Account, """{"properties":{"locations":[{"locationName":"westus"},{"locationName":"eastus","failoverPriority":1}]}}""");
        azure.Pass(10);
        var account = (await azure.GetAsync(Account))["properties"]!;
        Assert.Equal(["West US", "East US"], account["readLocations"]!.AsArray().Select(l => (string)l!["locationName"]!));
        Assert.Single(account["writeLocations"]!.AsArray());
        await azure.SendAsync("PATCH", Account, """{"properties":{"locations":[{"locationName":"westus"}]}}""");
        azure.Pass(10);
        var row = (await azure.GetAsync($"{AzureHarness.Provider}/restorableDatabaseAccounts"))["value"]![0]!["properties"]!;
        Assert.Equal([false, true], row["restorableLocations"]!.AsArray().Select(l => l!["deletionTime"] is not null));
    }

    [Fact]
    public async Task Creates_and_deletes_accounts()
    {
        var azure = await NewAsync();
        const string Own = AzureHarness.Accounts + "/own";
        Assert.Equal(404, (await azure.SendAsync("HEAD", "/providers/Microsoft.DocumentDB/databaseAccountNames/own")).Status);
        var answer = await azure.SendAsync("PUT", Own, """{"location":"westus","properties":{"databaseAccountOfferType":"Standard","locations":[{"locationName":"westus"}]}}""");
        Assert.Equal("Creating", (string?)answer.Body!["properties"]!["provisioningState"]);
        Assert.Equal(200, (await azure.SendAsync("HEAD", "/providers/Microsoft.DocumentDB/databaseAccountNames/own")).Status);
        azure.Pass(10);
        var properties = (await azure.GetAsync(Own))["properties"]!;
        Assert.Equal(("Succeeded", "Periodic", "Tls12", "Session"), (
            (string?)properties["provisioningState"], (string?)properties["backupPolicy"]!["type"], (string?)properties["minimalTlsVersion"],
            (string?)properties["consistencyPolicy"]!["defaultConsistencyLevel"]));
        Assert.Single((await azure.GetAsync($"{AzureHarness.Provider}/restorableDatabaseAccounts"))["value"]!.AsArray());
        await azure.SendAsync("DELETE", Own);
        Assert.Equal("Deleting", (string?)(await azure.GetAsync(Own))["properties"]!["provisioningState"]);
        azure.Pass(10);
        Assert.Equal((404, "ResourceNotFound"), await CodeAsync(azure, "GET", Own));
    }

    [Fact]
    public async Task Writes_databases_containers_procedures_and_throughput()
    {
        var azure = await NewAsync();
        var answer = await DoneAsync(azure, "PUT", Account + "/sqlDatabases/own", """{"properties":{"resource":{"id":"own"}}}""");
        Assert.Equal((202, "Enqueued"), (answer.Status, (string?)answer.Body!["status"]));
        Assert.Equal("own", (string?)(await azure.SendAsync("GET", AzureHarness.Header(answer, "Location")!)).Body!["name"]);
        const string Own = Account + "/sqlDatabases/own/containers/c";
        await DoneAsync(azure, "PUT", Own, """{"properties":{"resource":{"id":"c","partitionKey":{"paths":["/id"],"kind":"Hash"},"defaultTtl":5},"options":{"throughput":500}}}""");
        var resource = (await azure.GetAsync(Own))["properties"]!["resource"]!;
        Assert.Equal(("c", 5, "consistent"), ((string?)resource["id"], (int)resource["defaultTtl"]!, (string?)resource["indexingPolicy"]!["indexingMode"]));
        Assert.Equal(500, await UnitsAsync(Own));
        Assert.Equal((404, "NotFound"), await CodeAsync(azure, "GET", Account + "/sqlDatabases/own/throughputSettings/default"));
        await DoneAsync(azure, "PUT", Own + "/throughputSettings/default", """{"properties":{"resource":{"throughput":600}}}""");
        Assert.Equal(600, await UnitsAsync(Own));
        await DoneAsync(azure, "POST", Own + "/throughputSettings/default/migrateToAutoscale", "");
        var throughput = (await azure.GetAsync(Own + "/throughputSettings/default"))["properties"]!["resource"]!;
        Assert.Equal((1000, "1000", "false"), ((int)throughput["autoscaleSettings"]!["maxThroughput"]!, (string?)throughput["minimumThroughput"], (string?)throughput["offerReplacePending"]));
        await DoneAsync(azure, "POST", Own + "/throughputSettings/default/migrateToManualThroughput", "");
        Assert.Equal(1000, await UnitsAsync(Own));

        await DoneAsync(azure, "PUT", Own + "/storedProcedures/mutate.js", """{"properties":{"resource":{"id":"mutate.js","body":"function f(){}"}}}""");
        Assert.Equal("function f(){}", (string?)(await azure.GetAsync(Own + "/storedProcedures/mutate.js"))["properties"]!["resource"]!["body"]);
        await DoneAsync(azure, "DELETE", Own + "/storedProcedures/mutate.js", "");
        Assert.Equal((404, "NotFound"), await CodeAsync(azure, "GET", Own + "/storedProcedures/mutate.js"));
        await DoneAsync(azure, "DELETE", Account + "/sqlDatabases/own", "");
        Assert.Equal(["ledger"], Names(await azure.GetAsync(Account + "/sqlDatabases")));

        async Task<int> UnitsAsync(string url) =>
            (int)(await azure.GetAsync(url + "/throughputSettings/default"))["properties"]!["resource"]!["throughput"]!;
    }

    [Fact]
    public async Task Tells_what_was_there_when()
    {
        var azure = await NewAsync();
        azure.Pass(10);
        var before = azure.Now;
        azure.Pass(10);
        await azure.ControlAsync("PUT", "cosmos/accounts/source/databases", """{"ledger":{"containers":{"accounts":{},"late":{}}}}""");
        azure.Pass(10);
        await azure.ControlAsync("DELETE", "cosmos/accounts/source/databases/ledger/containers/late");
        var restorable = $"{AzureHarness.Provider}/locations/westus/restorableDatabaseAccounts/{await azure.InstanceAsync("source")}";
        Assert.Equal("source", (string?)(await azure.GetAsync(restorable))["properties"]!["accountName"]);
        Assert.Equal("""[{"databaseName":"ledger","collectionNames":["accounts"]}]""", await ResourcesAsync(before));
        Assert.Equal("""[{"databaseName":"ledger","collectionNames":["accounts","late"]}]""", await ResourcesAsync(azure.Now.AddSeconds(-5)));
        Assert.Equal("""[{"databaseName":"ledger","collectionNames":["accounts"]}]""", await ResourcesAsync(azure.Now));
        Assert.Equal(["ledger Create"], await EventsAsync("restorableSqlDatabases"));
        Assert.Equal(
            ["accounts Create", "accounts Replace", "late Create", "late Delete"],
            await EventsAsync("restorableSqlContainers"));
        Assert.Equal((400, "BadRequest"), await CodeAsync(azure, "GET", restorable + "/restorableSqlResources?api-version=1&restoreLocation=eastus&restoreTimestampInUtc=2026-01-01T00:00:00Z"));

        async Task<string> ResourcesAsync(DateTimeOffset at) => (await azure.GetAsync(
            $"{restorable}/restorableSqlResources?api-version=1&restoreLocation=West%20US&restoreTimestampInUtc={at.UtcDateTime:O}"))["value"]!.ToJsonString();

        async Task<IEnumerable<string>> EventsAsync(string feed) => (await azure.GetAsync($"{restorable}/{feed}"))["value"]!.AsArray()
            .Select(e => e!["properties"]!["resource"]!)
            .Select(r => $"{(string?)r["ownerId"]} {(string?)r["operationType"]}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Tells_the_newest_restorable_time_at_once_or_later()
    {
        var azure = await NewAsync("""{"cosmos":{"backupLagSeconds":100,"backupInformationSeconds":5}}""");
        const string Url = Container + "/retrieveContinuousBackupInformation";
        var answer = await azure.SendAsync("POST", Url, """{"location":"West US"}""");
        Assert.Equal(202, answer.Status);
        azure.Pass(6);
        var information = (await azure.SendAsync("GET", AzureHarness.Header(answer, "Location")!)).Body!["continuousBackupInformation"]!;
        var latest = DateTimeOffset.Parse((string)information["latestRestorableTimestamp"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((azure.Now - latest).TotalSeconds, 105, 108);
        azure.Set("""{"cosmos":{"backupInformationSeconds":0}}""");
        Assert.Equal(200, (await azure.SendAsync("POST", Url, """{"location":"westus"}""")).Status);
        Assert.Equal((400, "BadRequest"), await CodeAsync(azure, "POST", Url, """{"location":"eastus"}"""));
    }

    private static async Task<AzureHarness> NewAsync(string settings = "{}")
    {
        var azure = await new AzureHarness().BeginAsync();
        azure.Set(settings);
        await azure.AccountAsync("source");
        return azure;
    }

    private static async Task<ArmAnswer> DoneAsync(AzureHarness azure, string method, string url, string body)
    {
        var answer = await azure.SendAsync(method, url, body);
        azure.Pass(1);
        Assert.Equal("Succeeded", (string?)(await azure.StatusAsync(answer))["status"]);
        return answer;
    }

    private static async Task<string?> ConsistencyAsync(AzureHarness azure) =>
        (string?)(await azure.GetAsync(Account))["properties"]!["consistencyPolicy"]!["defaultConsistencyLevel"];

    private static async Task<(int, string)> CodeAsync(AzureHarness azure, string method, string url, string body = "")
    {
        var refusal = await azure.RefusalAsync(method, url, body);
        return (refusal.Status, refusal.Code);
    }

    private static IEnumerable<string> Names(JsonObject list) => list["value"]!.AsArray().Select(v => (string)v!["name"]!);
}
