using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>The real azure-cli, unmodified, against the fake Azure (domain/azure.md, section 7).</summary>
public sealed class AzureCliTests : IAsyncLifetime
{
    private SandboxProcess _sandbox = null!;
    private DirectoryInfo _configuration = null!;
    private Dictionary<string, string?> _environment = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxProcess.StartAsync();
        _configuration = Directory.CreateTempSubdirectory("scalar-sandbox-az-");
        _environment = new(_sandbox.AzureEnvironment, StringComparer.Ordinal)
        {
            ["AZURE_CONFIG_DIR"] = _configuration.FullName,
            ["AZURE_CORE_COLLECT_TELEMETRY"] = "false",
            ["AZURE_CORE_ONLY_SHOW_ERRORS"] = "true",
        };

        // Without a word from the service azure-cli looks every thirty seconds only.
        await _sandbox.Control.PatchSettingsAsync(
            """{"azure":{"cosmos":{"retryAfterSeconds":1},"mysql":{"retryAfterSeconds":1},"postgresql":{"retryAfterSeconds":1}}}""");
        await _sandbox.Control.SendAsync(HttpMethod.Put, "azure/groups/rg", """{"location":"westus"}""");
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _configuration.Delete(recursive: true);
    }

    [ToolFact("az")]
    public async Task Restores_an_account_by_hand()
    {
        await SignInAsync();
        var created = await SeedAsync(
            "cosmos/accounts/source", $",\"properties\":{{\"backupPolicy\":{{\"type\":\"Continuous\"}}}},\"databases\":{AzureHarness.Databases}");
        await _sandbox.Control.SendAsync(
            HttpMethod.Post, "azure/cosmos/accounts/source/items", """{"database":"ledger","container":"accounts","items":{"a":{"v":"spoilt"}}}""");
        var rows = await AzAsync("cosmosdb restorable-database-account list");
        Assert.Equal("source", (string?)rows[0]!["accountName"]);
        Assert.Contains(
            "target", await ErrorAsync("cosmosdb show -n target -g rg"), StringComparison.Ordinal);
        var target = await AzAsync($"cosmosdb restore -a source -n target -g rg -l westus -t {created}");
        Assert.Equal(
            ("Succeeded", "Restore", "https://target.documents.azure.com:443/"),
            ((string?)target["provisioningState"], (string?)target["createMode"], (string?)target["documentEndpoint"]));
        var items = await _sandbox.Control.GetAsync("azure/cosmos/accounts/target/items?database=ledger&container=accounts");
        Assert.Equal("""{"a":{"v":1}}""", items["items"]!.ToJsonString());

        var keys = await AzAsync("cosmosdb keys list -n target -g rg");
        Assert.EndsWith("==", (string?)keys["primaryMasterKey"], StringComparison.Ordinal);
        var updated = await AzAsync("cosmosdb update -n target -g rg --default-consistency-level Strong");
        Assert.Equal("Strong", (string?)updated["consistencyPolicy"]!["defaultConsistencyLevel"]);
        var listed = await AzAsync("cosmosdb sql container list -a target -g rg -d ledger");
        Assert.Equal("accounts", (string?)listed[0]!["name"]);
        Assert.Empty((await AzAsync("cosmosdb sql stored-procedure list -a target -g rg -d ledger -c accounts")).AsArray());
        Assert.Equal(400, (int)(await AzAsync("cosmosdb sql database throughput show -a target -g rg -n ledger"))["resource"]!["throughput"]!);
        Assert.Equal(["source", "target"], (await AzAsync("cosmosdb list")).AsArray().Select(a => (string)a!["name"]!));
    }

    [ToolTheory("az")]
    [InlineData("mysql", "mysql")]
    [InlineData("postgres", "postgresql")]
    public async Task Restores_a_server_by_hand(string command, string engine)
    {
        await SignInAsync();
        var created = await SeedAsync(
            $"{engine}/servers/source", ",\"configurations\":{\"max_connections\":\"99\"},\"databases\":{\"scalar\":{\"accounts\":{\"a\":{\"v\":1}}}}");
        await _sandbox.Control.SendAsync(
            HttpMethod.Post, $"azure/{engine}/servers/source/rows", """{"database":"scalar","table":"accounts","rows":{"a":null}}""");
        var target = await AzAsync($"{command} flexible-server restore -g rg -n target --source-server source --restore-time {created}");
        Assert.Equal(("target", "Ready"), ((string?)target["name"], (string?)target["state"]));
        var rows = await _sandbox.Control.GetAsync($"azure/{engine}/servers/target/rows?database=scalar&table=accounts");
        Assert.Equal("""{"a":{"v":1}}""", rows["items"]!.ToJsonString());
        var parameter = await AzAsync($"{command} flexible-server parameter set -g rg -s target -n max_connections -v 77");
        Assert.Equal(("77", "user-override"), ((string?)parameter["value"], (string?)parameter["source"]));
        var rule = await AzAsync(
            $"{command} flexible-server firewall-rule create -g rg -n target -r office --start-ip-address 10.0.0.1 --end-ip-address 10.0.0.2");
        Assert.Equal("10.0.0.2", (string?)rule["endIpAddress"]);
        Assert.Contains(
            "Specified server name is already used",
            await ErrorAsync($"{command} flexible-server restore -g rg -n target --source-server source"),
            StringComparison.Ordinal);
    }

    private async Task SignInAsync()
    {
        var url = _sandbox.ArmUrl.ToString();
        await Tool.RunAsync("az", ["cloud", "register", "-n", "sandbox", "--endpoint-resource-manager", url, "--endpoint-management", url,
            "--endpoint-active-directory", url, "--endpoint-active-directory-graph-resource-id", url, "--endpoint-gallery", url,
            "--endpoint-active-directory-resource-id", "https://management.azure.com/"], _environment);
        (await Tool.RunAsync("az", ["cloud", "set", "-n", "sandbox"], _environment)).Succeeded();
        var accounts = await AzAsync("login --identity");
        Assert.Equal(_sandbox.AzureSubscriptionId, (string?)accounts[0]!["id"]);
    }

    // Dated back, since azure-cli takes no time to come.
    private async Task<string> SeedAsync(string path, string more)
    {
        var at = (await _sandbox.Clock.AskAsync()).AddHours(-1);
        var created = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await _sandbox.Control.SendAsync(
            HttpMethod.Put, "azure/" + path, $"{{\"group\":\"rg\",\"location\":\"westus\",\"createdAt\":\"{created}\"{more}}}");
        return created;
    }

    private async Task<JsonNode> AzAsync(string line) => (await Tool.RunAsync("az", [.. line.Split(' '), "-o", "json"], _environment)).Json;

    private async Task<string> ErrorAsync(string line)
    {
        var result = await Tool.RunAsync("az", line.Split(' '), _environment);
        Assert.NotEqual(0, result.ExitCode);
        return result.Error;
    }
}
