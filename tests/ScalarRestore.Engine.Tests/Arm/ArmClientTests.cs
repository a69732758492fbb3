using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmClientTests
{
    private readonly FakeAzure _azure = new();

    [Theory]
    [InlineData(FakeAzure.Account, "2025-10-15")]
    [InlineData(FakeAzure.Account + "/sqlDatabases/d/containers/c/throughputSettings/default", "2025-10-15")]
    [InlineData("/subscriptions/s1/providers/microsoft.documentdb/restorableDatabaseAccounts", "2025-10-15")]
    [InlineData(FakeAzure.Server, "2024-12-30")]
    [InlineData("/subscriptions/s1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/p/configurations", "2025-08-01")]
    [InlineData("/subscriptions", "2022-12-01")]
    [InlineData("/subscriptions/s1/resourceGroups/rg", "2022-09-01")]
    public async Task Versions_are_pinned_by_type(string path, string version)
    {
        _azure.Then(200, "{}");
        await _azure.Client().GetAsync(path, CancellationToken.None);
        Assert.Equal([$"GET {path}?api-version={version}"], _azure.Sent);
    }

    [Fact]
    public async Task Versions_may_be_given_otherwise_for_a_provider_a_type_or_one_call()
    {
        var settings = ArmClientSettings.Read(name =>
            name == ArmClientSettings.ApiVersionsVariable ? "Microsoft.DocumentDB=2024-11-15; microsoft.documentdb/databaseAccounts/sqlDatabases = 2023-04-15" : null);
        var client = _azure.Then(200, "{}").Then(200, "{}").Then(200, "{}").Then(200, "{}").Client(settings: settings);
        await client.GetAsync(FakeAzure.Account, CancellationToken.None);
        await client.GetAsync(FakeAzure.Account + "/sqlDatabases/d", CancellationToken.None);
        await client.GetAsync(FakeAzure.Server, CancellationToken.None);
        await client.GetAsync(FakeAzure.Account + "?a=b%20c&api-version=2026-03-15", CancellationToken.None);
        Assert.Equal(
            [
                $"GET {FakeAzure.Account}?api-version=2024-11-15",
                $"GET {FakeAzure.Account}/sqlDatabases/d?api-version=2023-04-15",
                $"GET {FakeAzure.Server}?api-version=2024-12-30",
                $"GET {FakeAzure.Account}?api-version=2026-03-15&a=b%20c",
            ],
            _azure.Sent);
    }

    [Theory]
    [InlineData("Microsoft.DocumentDB")]
    [InlineData("Microsoft.DocumentDB=")]
    [InlineData("Microsoft.DocumentDB=2024&x=y")]
    public void A_version_that_cannot_be_read_is_a_fault(string text) =>
        Assert.Equal("AzureApiVersionsInvalid", Assert.Throws<RestoreException>(() => ArmClientSettings.Read(name => name == ArmClientSettings.ApiVersionsVariable ? text : null)).Id);

    [Fact]
    public async Task A_type_without_a_version_is_a_fault_that_names_the_variable()
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().GetAsync("/subscriptions/s1/providers/Microsoft.Compute/skus", CancellationToken.None));
        Assert.Equal("AzureApiVersionMissing", fault.Id);
        Assert.Contains("Microsoft.Compute/skus=VERSION", fault.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subscriptions/s1")]
    [InlineData("//evil.test/subscriptions")]
    [InlineData("https://evil.test/subscriptions")]
    [InlineData("/subscriptions/s1/../s2")]
    [InlineData("/subscriptions/s1/%2E%2e/s2")]
    [InlineData("/subscriptions/a%2Fb")]
    [InlineData("/subscriptions/a#b")]
    [InlineData("/subscriptions/a\\b")]
    [InlineData("")]
    public async Task An_id_leads_nowhere_else(string id) =>
        Assert.Equal("AzureIdInvalid", (await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().GetAsync(id, CancellationToken.None))).Id);

    [Fact]
    public async Task A_location_with_a_blank_is_escaped()
    {
        _azure.Then(200, """{"value":[]}""");
        await _azure.Client().ListAsync("/subscriptions/s1/providers/Microsoft.DocumentDB/locations/West US/restorableDatabaseAccounts", CancellationToken.None);
        Assert.StartsWith("GET /subscriptions/s1/providers/Microsoft.DocumentDB/locations/West%20US/restorable", _azure.Sent[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_null_where_it_is_looked_for()
    {
        _azure.Then(404, """{"error":{"code":"ResourceNotFound","message":"no"}}""").Then(404, """{"error":{"code":"ResourceGroupNotFound","message":"no"}}""")
            .Then(404, """{"error":{"code":"SubscriptionNotFound","message":"no"}}""").Then(404).Then(204);
        var client = _azure.Client();
        Assert.Null(await client.FindAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Null(await client.FindAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Equal("AzureSubscriptionNotFound", (await Assert.ThrowsAsync<RestoreException>(() => client.FindAsync(FakeAzure.Account, CancellationToken.None))).Id);
        Assert.False(await client.ExistsAsync("/providers/Microsoft.DocumentDB/databaseAccountNames/acc", CancellationToken.None));
        Assert.True(await client.ExistsAsync("/providers/Microsoft.DocumentDB/databaseAccountNames/acc", CancellationToken.None));
        Assert.Equal("HEAD /providers/Microsoft.DocumentDB/databaseAccountNames/acc?api-version=2025-10-15", _azure.Sent[^1]);
    }

    [Fact]
    public async Task Lists_go_over_all_pages()
    {
        _azure
            .Then(200, """{"value":[{"name":"a"}],"nextLink":"https://management.azure.com/subscriptions/s1/x?$skiptoken=1"}""")
            .Then(200, """{"value":[],"nextLink":"https://centraluseuap.management.azure.com/subscriptions/s1/x?$skiptoken=2"}""")
            .Then(200, """{"value":[{"name":"b"},{"name":"c"}],"nextLink":null}""");
        var found = await _azure.Client().ListAsync(FakeAzure.Account + "/sqlDatabases", CancellationToken.None);
        Assert.Equal(["a", "b", "c"], found.Select(item => (string?)item["name"]));
        Assert.Equal("GET /subscriptions/s1/x?$skiptoken=2", _azure.Sent[2]);
    }

    [Theory]
    [InlineData("https://evil.test/x")]
    [InlineData("https://management.azure.com.evil.test/x")]
    [InlineData("https://evilmanagement.azure.com/x")]
    [InlineData("http://management.azure.com/x")]
    [InlineData("https://management.azure.com:8443/x")]
    [InlineData("https://user@management.azure.com/x")]
    public async Task The_token_goes_to_nobody_else(string next)
    {
        _azure.Then(200, $$"""{"value":[],"nextLink":"{{next}}"}""").Then(200, "{}");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().ListAsync(FakeAzure.Account + "/sqlDatabases", CancellationToken.None));
        Assert.Equal("AzureHostForeign", fault.Id);
        Assert.Single(_azure.Sent);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        _azure.Then(302, "", ("Location", "https://evil.test/x"));
        Assert.Equal("AzureCallFailed", (await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None))).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>CANARY</html>")]
    [InlineData("[]")]
    public async Task What_is_no_object_is_not_quoted(string body)
    {
        _azure.Then(200, body);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Equal("AzureAnswerInvalid", fault.Id);
        Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_goes_in_circles_ends()
    {
        const string page = """{"value":[],"nextLink":"https://management.azure.com/x?p=1"}""";
        _azure.Then(200, page).Then(200, page).Then(200, page);
        Assert.Equal("AzureAnswerInvalid", (await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().ListAsync(FakeAzure.Account + "/sqlDatabases", CancellationToken.None))).Id);
    }

    [Fact]
    public async Task A_body_is_sent_as_it_is_and_an_action_without_one_has_an_empty_one()
    {
        _azure.Then(200, "{}").Then(200, """{"primaryMasterKey":"k"}""");
        await _azure.Client().PatchAsync(FakeAzure.Account, new JsonObject { ["tags"] = new JsonObject { ["a"] = "b+ü" } }, CancellationToken.None);
        var keys = await _azure.Client().PostAsync(FakeAzure.Account + "/listKeys", body: null, CancellationToken.None);
        Assert.Equal("""{"tags":{"a":"b+ü"}}""", _azure.Bodies[0]);
        Assert.Equal("", _azure.Bodies[1]);
        Assert.Equal("k", (string?)keys.Answer!["primaryMasterKey"]);
        Assert.True((await keys.LookAsync(CancellationToken.None)).Done);
    }
}
