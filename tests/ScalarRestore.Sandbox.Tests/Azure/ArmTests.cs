using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>Azure Resource Manager itself: tokens, errors, permissions, locks, lists.</summary>
public sealed class ArmTests
{
    private const string Subscription = $"/subscriptions/{AzureSubscription.DefaultId}";

    [Fact]
    public async Task Asks_for_a_token_and_names_what_is_wrong_with_it()
    {
        var azure = await NewAsync();
        var missing = await azure.RefusalAsync("GET", Subscription, token: "");
        Assert.Equal((401, "AuthenticationFailed"), (missing.Status, missing.Code));
        Assert.StartsWith("Bearer authorization_uri=", missing.Challenge, StringComparison.Ordinal);
        Assert.Equal("InvalidAuthenticationToken", (await azure.RefusalAsync("GET", Subscription, token: "made-up")).Code);
        azure.Set("""{"tokenLifetimeSeconds":100}""");
        var token = azure.Token();
        azure.Pass(99);
        Assert.Equal(200, (await azure.SendAsync("GET", Subscription, token: token)).Status);
        azure.Pass(2);
        Assert.Equal((401, "ExpiredAuthenticationToken"), await CodeAsync(azure, "GET", Subscription, token: token));
    }

    [Fact]
    public async Task Answers_errors_of_the_front_door()
    {
        var azure = await NewAsync();
        Assert.Equal((400, "MissingApiVersionParameter"), await CodeAsync(azure, "GET", Subscription + "?"));
        Assert.Equal((404, "SubscriptionNotFound"), await CodeAsync(azure, "GET", "/subscriptions/other"));
        Assert.Equal((404, "ResourceGroupNotFound"), await CodeAsync(azure, "GET", $"{Subscription}/resourceGroups/none/providers/Microsoft.DocumentDB/databaseAccounts/a"));
        Assert.Equal((404, "ResourceNotFound"), await CodeAsync(azure, "GET", $"{AzureHarness.Accounts}/none"));
        Assert.Equal((404, "InvalidResourceType"), await CodeAsync(azure, "GET", $"{AzureHarness.Group}/providers/Microsoft.Other/things/x"));
        Assert.Equal((400, "InvalidRequestContent"), await CodeAsync(azure, "PATCH", $"{AzureHarness.Accounts}/source", "no json"));
    }

    [Fact]
    public async Task Takes_paths_in_any_case()
    {
        var azure = await NewAsync();
        Assert.Equal("source", (string?)(await azure.GetAsync($"{AzureHarness.Accounts}/SOURCE".ToUpperInvariant().Replace("/PROVIDERS/", "/providers/", StringComparison.Ordinal)))["name"]);
    }

    [Fact]
    public async Task Denies_actions_by_name()
    {
        var azure = await NewAsync();
        await azure.ControlAsync("PUT", "denials", """["*/listKeys/action","microsoft.documentdb/databaseaccounts/write"]""");
        var denied = await azure.RefusalAsync("POST", $"{AzureHarness.Accounts}/source/listKeys");
        Assert.Equal((403, "AuthorizationFailed"), (denied.Status, denied.Code));
        Assert.Contains("action 'Microsoft.DocumentDB/databaseAccounts/listKeys/action' over scope", denied.Message, StringComparison.Ordinal);
        Assert.Equal((403, "AuthorizationFailed"), await CodeAsync(azure, "PATCH", $"{AzureHarness.Accounts}/source", "{}"));
        Assert.Equal(200, (await azure.SendAsync("GET", $"{AzureHarness.Accounts}/source")).Status);
    }

    [Theory]
    [InlineData("/resourceGroups/rg", "ReadOnly", true)]
    [InlineData("/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/source", "CanNotDelete", false)]
    public async Task Stands_by_its_locks(string scope, string level, bool refusesWrites)
    {
        var azure = await NewAsync();
        await azure.ControlAsync("PUT", "locks", $$"""[{"scope":"{{scope}}","name":"keep","level":"{{level}}"}]""");
        const string Url = $"{AzureHarness.Accounts}/source";
        var listed = (await azure.GetAsync($"{Url}/providers/Microsoft.Authorization/locks"))["value"]!.AsArray();
        Assert.Equal(level, (string?)Assert.Single(listed)!["properties"]!["level"]);
        Assert.Equal((409, "ScopeLocked"), await CodeAsync(azure, "DELETE", Url));
        if (refusesWrites)
            Assert.Equal((409, "ScopeLocked"), await CodeAsync(azure, "PATCH", Url, "{}"));
        else
            Assert.Equal(200, (await azure.SendAsync("PATCH", Url, "{}")).Status);
    }

    [Fact]
    public async Task Throttles_by_operation_in_sandbox_time()
    {
        var azure = await NewAsync("""{"limits":{"callRates":{"cosmos:ListKeys":2}}}""");
        const string Url = $"{AzureHarness.Accounts}/source/listKeys";
        await azure.SendAsync("POST", Url);
        await azure.SendAsync("POST", Url);
        var refusal = await azure.RefusalAsync("POST", Url);
        Assert.Equal((429, "TooManyRequests"), (refusal.Status, refusal.Code));
        Assert.NotNull(refusal.RetryAfter);
        azure.Pass(1);
        await azure.SendAsync("POST", Url);
    }

    [Fact]
    public async Task Lists_page_by_page()
    {
        var azure = await NewAsync("""{"pageSize":2}""");
        for (var i = 0; i < 4; i++)
            await azure.AccountAsync(string.Create(CultureInfo.InvariantCulture, $"more-{i}"));

        var names = new List<string>();
        var pages = 0;
        for (var url = AzureHarness.Accounts; url is not null; pages++)
        {
            var page = await azure.GetAsync(url);
            names.AddRange(Names(page));
            url = (string?)page["nextLink"];
        }

        Assert.Equal(3, pages);
        Assert.Equal(["more-0", "more-1", "more-2", "more-3", "source"], names);
    }

    [Fact]
    public async Task Lists_resources_by_type()
    {
        var azure = await NewAsync();
        await azure.ControlAsync("PUT", "groups/other", """{"location":"japaneast","tags":{"a":"b"}}""");
        await azure.ControlAsync("PUT", "mysql/servers/new", """{"group":"other","location":"japaneast"}""");
        await azure.ControlAsync("PUT", "postgresql/single-servers/old", """{"group":"other","location":"japaneast"}""");
        Assert.Equal(["other", "rg"], Names(await azure.GetAsync(Subscription + "/resourceGroups")));
        Assert.Equal(["new", "old", "source"], Names(await azure.GetAsync(Subscription + "/resources")));
        Assert.Equal(["new", "old"], Names(await azure.GetAsync(Subscription + "/resourceGroups/other/resources")));
        var mysql = await azure.GetAsync(Subscription + "/resources?api-version=1&$filter=resourceType%20eq%20'microsoft.dbformysql/flexibleservers'");
        var row = Assert.Single(mysql["value"]!.AsArray())!.AsObject();
        Assert.Equal("Microsoft.DBforMySQL/flexibleServers", (string?)row["type"]);
        Assert.False(row.ContainsKey("properties"));
        Assert.Equal((400, "InvalidFilterInQueryString"), await CodeAsync(azure, "GET", Subscription + "/resources?api-version=1&$filter=x"));
        Assert.Contains("japaneast", Names(await azure.GetAsync(Subscription + "/locations")));
        Assert.Equal(["old"], Names(await azure.GetAsync(Subscription + "/providers/Microsoft.DBforPostgreSQL/servers")));
        Assert.Equal("Ready", (string?)(await azure.GetAsync($"{Subscription}/resourceGroups/other/providers/Microsoft.DBforPostgreSQL/servers/old"))["properties"]!["userVisibleState"]);
    }

    [Theory]
    [InlineData("PUT", "Microsoft.DocumentDB/databaseAccounts/a", """{"properties":{"createMode":"Restore"}}""", "cosmos:RestoreAccount", "a", true)]
    [InlineData("PUT", "Microsoft.DocumentDB/databaseAccounts/a", "{}", "cosmos:PutAccount", "a", true)]
    [InlineData("PATCH", "Microsoft.DocumentDB/databaseAccounts/a", "{}", "cosmos:UpdateAccount", "a", true)]
    [InlineData("POST", "Microsoft.DocumentDB/databaseAccounts/a/listKeys", "", "cosmos:ListKeys", "a", false)]
    [InlineData("PUT", "Microsoft.DBforMySQL/flexibleServers/s", """{"properties":{"createMode":"PointInTimeRestore"}}""", "mysql:RestoreServer", "s", true)]
    [InlineData("PUT", "Microsoft.DBforPostgreSQL/flexibleServers/s/configurations/work_mem", "{}", "postgresql:UpdateConfiguration", "s", true)]
    [InlineData("POST", "Microsoft.DBforMySQL/flexibleServers/s/updateConfigurations", "{}", "mysql:UpdateConfigurations", "s", true)]
    public async Task Names_its_operations(string method, string path, string body, string operation, string resource, bool isWrite)
    {
        var azure = await NewAsync();
        Assert.Equal((operation, resource, isWrite), await azure.DescribeAsync(method, $"{AzureHarness.Group}/providers/{path}", body));
    }

    [Fact]
    public void Has_times_of_real_restores_in_the_preset()
    {
        var settings = SettingsStore.Load("realistic").Azure;
        Assert.Equal(1500, settings.Cosmos.RestoreAccountSeconds.Median);
        Assert.Equal((60, true), (settings.MySql.RetryAfterSeconds, settings.MySql.FirewallCopied));
        Assert.Null(settings.PostgreSql.RetryAfterSeconds);
    }

    [Fact]
    public async Task Names_operations_by_what_they_are_about()
    {
        var azure = await NewAsync();
        var answer = await azure.SendAsync("PATCH", $"{AzureHarness.Accounts}/source", """{"properties":{"minimalTlsVersion":"Tls11"}}""");
        var url = new Uri(AzureHarness.Header(answer, "Azure-AsyncOperation")!);
        Assert.Equal(("arm:OperationStatus", "source", false), await azure.DescribeAsync("GET", url.AbsolutePath));
    }

    private static async Task<AzureHarness> NewAsync(string settings = "{}")
    {
        var azure = await new AzureHarness().BeginAsync();
        azure.Set(settings);
        await azure.AccountAsync("source");
        return azure;
    }

    private static async Task<(int, string)> CodeAsync(AzureHarness azure, string method, string url, string body = "", string? token = null)
    {
        var refusal = await azure.RefusalAsync(method, url, body, token);
        return (refusal.Status, refusal.Code);
    }

    private static IEnumerable<string> Names(JsonObject list) => list["value"]!.AsArray().Select(v => (string)v!["name"]!);
}
