using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>Accounts are restored beside their source, and are as it was.</summary>
public sealed class AccountTests(CosmosSandbox sandbox) : IClassFixture<CosmosSandbox>
{
    private static readonly string[] Properties =
    [
        "publicNetworkAccess", "isVirtualNetworkFilterEnabled", "ipRules", "virtualNetworkRules", "networkAclBypass", "cors", "enableAutomaticFailover", "minimalTlsVersion",
    ];

    [Fact]
    public async Task An_account_is_restored_with_its_settings_procedures_and_regions()
    {
        await sandbox.MakeAsync("orders");
        var point = await sandbox.PointAsync();
        await sandbox.Process.Control.SendAsync(HttpMethod.Post, "azure/cosmos/accounts/orders/items", """{"database":"app","container":"orders","items":{"1":{"v":2},"2":{"v":9}}}""");
        var provider = sandbox.Provider();
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("orders"), CosmosSandbox.Intent(point), CancellationToken.None), CosmosSandbox.Run, sandbox.Clock);
        await run.RunAsync(provider);

        var name = $"orders-{CosmosSandbox.Run}";
        var (before, now) = (await sandbox.Raw.GetAsync(sandbox.Id("orders"), CancellationToken.None), await sandbox.Raw.GetAsync(sandbox.Id(name), CancellationToken.None));
        foreach (var property in Properties)
            Assert.Equal((property, Text(before, property)), (property, Text(now, property)));

        Assert.Equal("Strong", (string?)now["properties"]!["consistencyPolicy"]!["defaultConsistencyLevel"]);
        Assert.Equal("Continuous7Days", (string?)now["properties"]!["backupPolicy"]!["continuousModeProperties"]!["tier"]);
        Assert.Equal("orders", (string?)now["tags"]!["team"]);
        Assert.Equal(Regions(before), Regions(now));
        Assert.Equal(["mutate.js", "own.js"], await ProceduresAsync(name, "app", "orders"));
        Assert.Equal(["mutate.js"], await ProceduresAsync(name, "app", "events"));
        Assert.Equal(["mutate.js"], await ProceduresAsync(name, "coordinator", "state"));
        Assert.Empty(await ProceduresAsync(name, "scalardb", "metadata"));
        Assert.Equal(800, (int)(await ResourceAsync(name, "sqlDatabases/app/throughputSettings/default"))["throughput"]!);
        Assert.Equal(3600, (int)(await ResourceAsync(name, "sqlDatabases/app/containers/events"))["defaultTtl"]!);
        Assert.Equal("""{"1":{"v":1}}""", (await sandbox.Process.Control.GetAsync($"azure/cosmos/accounts/{name}/items?database=app&container=orders"))["items"]!.ToJsonString());

        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal((DatabaseKind.CosmosDB, name, sandbox.Id(name), true), (database.Kind, database.NewIdentifier, database.NewResourceId, database.Verified));
        Assert.Equal(["role assignments, diagnostic settings, alerts, locks, triggers and user-defined functions are not taken over"], database.Drift);
        var change = Assert.Single(database.Endpoints);
        Assert.Equal(("https://orders.documents.azure.com:443/", $"https://{name}.documents.azure.com:443/"), (change.Old, change.New));
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public async Task Autoscale_comes_back_as_autoscale()
    {
        await sandbox.MakeAsync("scaled", database: """{"autoscaleSettings":{"maxThroughput":4000}}""");
        var provider = sandbox.Provider();
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("scaled"), CosmosSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), CosmosSandbox.Run, sandbox.Clock);
        await run.RunAsync(provider);
        Assert.Equal(4000, (int)(await ResourceAsync($"scaled-{CosmosSandbox.Run}", "sqlDatabases/app/throughputSettings/default"))["autoscaleSettings"]!["maxThroughput"]!);
    }

    [Fact]
    public async Task A_procedure_that_was_spoilt_in_the_source_is_taken_from_another_container()
    {
        await sandbox.MakeAsync("spoilt");
        var point = await sandbox.PointAsync();
        await sandbox.Raw.DeleteAsync($"{sandbox.Id("spoilt")}/sqlDatabases/app/containers/orders/storedProcedures/mutate.js", CancellationToken.None);
        var provider = sandbox.Provider();
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("spoilt"), CosmosSandbox.Intent(point), CancellationToken.None), CosmosSandbox.Run, sandbox.Clock);
        await run.RunAsync(provider);
        Assert.Contains("mutate.js", await ProceduresAsync($"spoilt-{CosmosSandbox.Run}", "app", "orders"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_killed_at_any_call_makes_everything_once(bool afterAnswer)
    {
        var name = afterAnswer ? "kafter" : "kbefore";
        await sandbox.MakeAsync(name);
        var capture = await sandbox.Provider().CaptureAsync(sandbox.Query(name), CosmosSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None);
        var run = new PlanRun(capture, CosmosSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.ClearCallsAsync();
        foreach (var step in run.Steps)
            await run.KillAtEveryCallAsync(step, afterAnswer, observer => sandbox.Provider(sandbox.Factory(observer)));

        var calls = (await sandbox.Process.Control.CallsAsync()).Where(call => call.Status is >= 200 and < 300).ToList();
        Assert.Single(calls, call => call.Operation == "RestoreAccount");
        Assert.DoesNotContain(calls, call => call.Operation.StartsWith("Delete", StringComparison.Ordinal));
        Assert.Equal(4, calls.Count(call => call.Operation == "PutProcedure"));
        Assert.True(Assert.Single(sandbox.Provider().Describe(run.Plan, run.EvidenceOrNull)).Verified);
    }

    [Theory]
    [InlineData("loseAnswer")]
    [InlineData("drop")]
    public async Task Each_change_survives_a_lost_answer(string effect)
    {
        var name = effect.ToLowerInvariant();
        await sandbox.MakeAsync(name);
        var provider = sandbox.Provider();
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query(name), CosmosSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), CosmosSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.SetFaultsAsync([
            .. ((string[])["RestoreAccount", "UpdateAccount", "UpdateThroughput", "PutProcedure", "PutContainer"]).Select(operation => $$"""{"service":"cosmos","operation":"{{operation}}","effect":"{{effect}}","times":1}"""),
        ]);
        await sandbox.Process.Control.ClearCallsAsync();
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        Assert.True(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Verified);
        var accounts = await sandbox.Raw.ListAsync($"/subscriptions/{sandbox.Process.AzureSubscriptionId}/providers/Microsoft.DocumentDB/databaseAccounts", CancellationToken.None);
        Assert.Single(accounts, account => ((string)account["name"]!).StartsWith($"{name}-", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> ProceduresAsync(string account, string database, string container) =>
    [
        .. (await sandbox.Raw.ListAsync($"{sandbox.Id(account)}/sqlDatabases/{database}/containers/{container}/storedProcedures", CancellationToken.None))
            .Select(procedure => (string)procedure["name"]!).Order(StringComparer.Ordinal),
    ];

    private async Task<JsonNode> ResourceAsync(string account, string path) => (await sandbox.Raw.GetAsync($"{sandbox.Id(account)}/{path}", CancellationToken.None))["properties"]!["resource"]!;

    private static string Text(JsonObject account, string property) => account["properties"]![property]?.ToJsonString() ?? "";

    private static IEnumerable<string> Regions(JsonObject account) => account["properties"]!["locations"]!.AsArray().Select(location => $"{location!["locationName"]} {location["failoverPriority"]}").Order(StringComparer.Ordinal);
}
