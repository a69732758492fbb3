using System.Security.Authentication;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Identity;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmFaultsTests
{
    private const string Key = "CANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARY00==";
    private const string Jwt = "eyJhbGciOiJub25lIn0.eyJDQU5BUlkiOjF9aaaa.CANARY";
    private readonly FakeAzure _azure = new();

    [Theory]
    [InlineData(400, "BadRequest", "AzureCallFailed", FaultCategory.InvalidOperation)]
    [InlineData(400, "NoRegisteredProviderFound", "AzureApiVersionRefused", FaultCategory.InvalidOperation)]
    [InlineData(400, "InvalidApiVersionParameter", "AzureApiVersionRefused", FaultCategory.InvalidOperation)]
    [InlineData(409, "MissingSubscriptionRegistration", "AzureConflict", FaultCategory.InvalidOperation)]
    [InlineData(400, "MissingSubscriptionRegistration", "AzureProviderNotRegistered", FaultCategory.InvalidOperation)]
    [InlineData(400, "QuotaExceeded", "AzureQuotaReached", FaultCategory.LimitsExceeded)]
    [InlineData(401, "InvalidAuthenticationToken", "AzureCredentialsRejected", FaultCategory.AuthenticationError)]
    [InlineData(401, "", "AzureCredentialsRejected", FaultCategory.AuthenticationError)]
    [InlineData(401, "ExpiredAuthenticationToken", "AzureTokenExpired", FaultCategory.AuthenticationError)]
    [InlineData(401, "InvalidAuthenticationTokenTenant", "AzureTenantWrong", FaultCategory.AuthenticationError)]
    [InlineData(403, "AuthorizationFailed", "AzureAccessDenied", FaultCategory.PermissionDenied)]
    [InlineData(403, "RequestDisallowedByPolicy", "AzurePolicyDenied", FaultCategory.PermissionDenied)]
    [InlineData(404, "ResourceNotFound", "AzureResourceNotFound", FaultCategory.ObjectNotFound)]
    [InlineData(404, "SubscriptionNotFound", "AzureSubscriptionNotFound", FaultCategory.ObjectNotFound)]
    [InlineData(409, "ScopeLocked", "AzureScopeLocked", FaultCategory.InvalidOperation)]
    [InlineData(409, "ServerNameAlreadyExists", "AzureNameTaken", FaultCategory.ResourceExists)]
    [InlineData(409, "Conflict", "AzureConflict", FaultCategory.InvalidOperation)]
    [InlineData(409, "OperationInProgress", "AzureResourceBusy", FaultCategory.ResourceBusy)]
    [InlineData(412, "PreconditionFailed", "AzureConflict", FaultCategory.InvalidOperation)]
    [InlineData(500, "InternalServerError", "AzureUnreachable", FaultCategory.ConnectionError)]
    [InlineData(503, "ServiceUnavailable", "AzureUnreachable", FaultCategory.ConnectionError)]
    public async Task An_error_becomes_a_fault_that_names_the_thing_the_ids_and_the_mend(int status, string code, string id, FaultCategory category)
    {
        var fault = await PutAsync(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = $"words {Jwt} AccountKey={FakeAzure.Canary}; {Key} {FakeAzure.SignedUrl("x")}" } });
        Assert.Equal((id, category, FakeAzure.Account), (fault.Id, fault.Category, fault.Target));
        if (code.Length > 0)
            Assert.Equal(code, fault.ServiceCode);

        Assert.Contains("req-1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("corr-1", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Contains(FakeAzure.Account, StringComparison.Ordinal) || id is "AzureProviderNotRegistered" or "AzureApiVersionRefused", fault.Message);
        Assert.Equal(id == "AzureCallFailed", fault.Mend is null);
        Assert.DoesNotContain(FakeAzure.Canary, fault + fault.Mend + fault.Target + fault.ServiceCode, StringComparison.Ordinal);
        Assert.Null(fault.InnerException);
    }

    [Fact]
    public async Task A_throttle_that_does_not_end_is_said_as_such()
    {
        for (var i = 0; i < 100; i++)
            _azure.Then(429, "", ("Retry-After", "60"));

        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Equal(("AzureThrottled", FaultCategory.LimitsExceeded, true, "TooManyRequests"), (fault.Id, fault.Category, fault.Retryable, fault.ServiceCode));
    }

    [Theory]
    [InlineData("""{"code":"BadRequest","message":"Invalid restore timestamp"}""", "BadRequest", "Invalid restore timestamp")]
    [InlineData("""{"error":{"code":"BadRequest","message":"","details":[{"code":"InvalidTimestamp","message":"too old"}]}}""", "InvalidTimestamp", "too old")]
    [InlineData("""{"error":{"code":"Special","message":"said","details":[{"code":"Other","message":"no"}]}}""", "Special", "said")]
    [InlineData("""{"error":"text"}""", "BadRequest", "failed (HTTP 400).")]
    [InlineData("""{"error":{"code":"CANARY a word?","message":"m"}}""", "BadRequest", "m")]
    public async Task Errors_are_read_as_providers_write_them(string body, string code, string words)
    {
        _azure.Then(400, body);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Equal(code, fault.ServiceCode);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.DocumentDB/locations/restorableDatabaseAccounts/restore/action", "/subscriptions/s1", "CosmosRestoreOperator")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts/write", FakeAzure.Account, "Cosmos DB Operator")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts/read", FakeAzure.Account, "Cosmos DB Account Reader Role")]
    [InlineData("Microsoft.DocumentDB/databaseAccounts/listKeys/action", FakeAzure.Account, "DocumentDB Account Contributor")]
    [InlineData("Microsoft.DBforMySQL/flexibleServers/write", FakeAzure.Server, "Contributor (on the resource group), or one of your own with Microsoft.DBforMySQL/flexibleServers/write")]
    [InlineData("Microsoft.DBforMySQL/flexibleServers/read", FakeAzure.Server, "Reader")]
    public async Task A_denial_names_the_action_the_scope_and_the_role(string action, string scope, string role)
    {
        var fault = await PutAsync(403, Error(
            "AuthorizationFailed",
            $"The client 'me@corp.test' with object id '22222222-2222-2222-2222-222222222222' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials."));
        Assert.StartsWith($"The Azure identity 22222222-2222-2222-2222-222222222222 may not do {action} on {scope}.", fault.Message, StringComparison.Ordinal);
        Assert.Contains(role, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denial_of_a_linked_scope_names_that_one()
    {
        const string subnet = "/subscriptions/s1/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/db";
        var fault = await PutAsync(403, Error(
            "LinkedAuthorizationFailed",
            $"The client has permission to perform action 'Microsoft.DBforMySQL/flexibleServers/write' on scope '{FakeAzure.Server}'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '{subnet}' or the linked scope(s) are invalid."));
        Assert.Contains($"may not do Microsoft.Network/virtualNetworks/subnets/join/action on {subnet}.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Network Contributor", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_tenant_is_told_with_both_tenants()
    {
        var fault = await PutAsync(401, Error(
            "InvalidAuthenticationTokenTenant",
            "The access token is from the wrong issuer 'https://sts.windows.net/aaaaaaaa-0000-0000-0000-000000000000/'. It must match the tenant 'https://sts.windows.net/bbbbbbbb-0000-0000-0000-000000000000/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/bbbbbbbb-0000-0000-0000-000000000000' to get the token."));
        Assert.Contains("is of tenant aaaaaaaa-0000-0000-0000-000000000000, but", fault.Message, StringComparison.Ordinal);
        Assert.Contains("tenant bbbbbbbb-0000-0000-0000-000000000000", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-TenantId bbbbbbbb-0000-0000-0000-000000000000", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_sdk_throws_never_goes_on_itself()
    {
        var said = $"words {Jwt} {FakeAzure.SignedUrl("operationsStatus")} client_secret={FakeAzure.Canary}";
        var cases = new (Exception Cause, string Id, bool Retryable)[]
        {
            (new CredentialUnavailableException(said), "AzureCredentialsMissing", false),
            (new AuthenticationFailedException(said), "AzureSignInFailed", false),
            (new AuthenticationFailedException(said, new RequestFailedException(503, said)), "AzureSignInFailed", true),
            (new AuthenticationFailedException(said, new RequestFailedException(400, said)), "AzureSignInFailed", false),
            (new RequestFailedException(said), "AzureUnreachable", true),
            (new RequestFailedException(404, said, "ResourceNotFound", null), "AzureResourceNotFound", false),
            (new AggregateException(new RequestFailedException(said), new TaskCanceledException(said)), "AzureUnreachable", true),
            (new HttpRequestException("tls", new AuthenticationException(said)), "AzureNotTrusted", false),
        };
        foreach (var (cause, id, retryable) in cases)
        {
            Assert.True(ArmFaults.Knows(cause, CancellationToken.None));
            var fault = ArmFaults.From(cause, new ArmCall("GET", ArmPath.Of(FakeAzure.Account), FakeAzure.Account));
            Assert.Equal((id, retryable), (fault.Id, fault.Retryable));
            Assert.NotNull(fault.Mend);
            Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
            Assert.Null(fault.InnerException);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => _azure.Then(new InvalidOperationException("ours")).Client().GetAsync(FakeAzure.Account, CancellationToken.None));
    }

    [Fact]
    public async Task A_sign_in_that_may_pass_is_tried_again_even_for_a_change_and_one_that_does_not_is_a_fault()
    {
        var tries = 0;
        var credential = DelegatedTokenCredential.Create((_, _) => ++tries switch
        {
            1 => throw new AuthenticationFailedException("later", new RequestFailedException(503, "later")),
            2 => new AccessToken(_azure.Token, DateTimeOffset.MaxValue),
            _ => throw new CredentialUnavailableException("none"),
        });
        _azure.Then(200, "{}");
        await _azure.Client(credential: credential).PutAsync(FakeAzure.Account, [], CancellationToken.None);
        Assert.Equal((2, 1), (tries, _azure.Sent.Count));
        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client(credential: credential).GetAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Equal(("AzureCredentialsMissing", FaultCategory.AuthenticationError), (fault.Id, fault.Category));
    }

    [Theory]
    [InlineData("a " + Key + " b")]
    [InlineData("{\"primaryMasterKey\":\"CANARY\"}")]
    [InlineData("AccountEndpoint=https://a.documents.azure.com;AccountKey=CANARY;")]
    [InlineData("see https://management.azure.com/subscriptions/s/providers/x/locations/l/operationsStatus/g?api-version=1&t=CANARY&s=CANARY now")]
    [InlineData("see https://management.azure.com/subscriptions/s/providers/x/locations/l/azureAsyncOperation/g?t=CANARY")]
    public void Journals_and_logs_hide_keys_and_signed_urls(string text) =>
        Assert.DoesNotContain(FakeAzure.Canary, Redactor.Redact(text), StringComparison.Ordinal);

    private static JsonObject Error(string code, string message) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    private Task<RestoreException> PutAsync(int status, JsonObject body) =>
        Assert.ThrowsAsync<RestoreException>(() => _azure.Then(status, body.ToJsonString()).Client().PutAsync(FakeAzure.Account, [], CancellationToken.None));
}
