using System.Security;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Time.Testing;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmCredentialsTests
{
    private const string Tenant = "bbbbbbbb-0000-0000-0000-000000000000";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task A_given_token_is_used_as_it_is_until_it_ends()
    {
        var token = Token(_clock.GetUtcNow().AddHours(2));
        var credential = new AccessTokenCredential(Secret(token), Tenant, _clock, _warnings.Add);
        var got = await credential.GetTokenAsync(default, CancellationToken.None);
        Assert.Equal((token, _clock.GetUtcNow().AddHours(2)), (got.Token, got.ExpiresOn));
        Assert.Empty(_warnings);

        _clock.Advance(TimeSpan.FromHours(2));
        var fault = Assert.Throws<RestoreException>(() => credential.GetToken(default, CancellationToken.None));
        Assert.Equal(("AzureTokenExpired", FaultCategory.AuthenticationError), (fault.Id, fault.Category));
        Assert.Contains("2026-01-01T02:00:00Z", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-AccessToken", fault.Mend, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_ends_soon_is_warned_of_once()
    {
        _ = new AccessTokenCredential(Secret(Token(_clock.GetUtcNow().AddMinutes(29.5))), tenantId: null, _clock, _warnings.Add);
        Assert.Contains("2026-01-01T00:29:30Z, in 30 minutes", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAzure.Canary, _warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_cannot_be_used_is_refused_at_once()
    {
        foreach (var text in new[] { "", "CANARY", "a.b", "a.!!!.c", "a.e30.c", "a." + Encode("[]") + ".c", "a." + Encode("{\"exp\":\"x\"}") + ".c", "a." + Encode("{\"exp\":99999999999999}") + ".c" })
        {
            var fault = Assert.Throws<RestoreException>(() => new AccessTokenCredential(Secret(text), tenantId: null, _clock, _warnings.Add));
            Assert.Equal(("AzureTokenInvalid", FaultCategory.InvalidArgument), (fault.Id, fault.Category));
            Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("AzureTokenExpired", Assert.Throws<RestoreException>(() => new AccessTokenCredential(Secret(Token(_clock.GetUtcNow())), tenantId: null, _clock, _warnings.Add)).Id);
        var other = Assert.Throws<RestoreException>(() => new AccessTokenCredential(Secret(Token(_clock.GetUtcNow().AddHours(2))), "cccccccc-0000-0000-0000-000000000000", _clock, _warnings.Add));
        Assert.Equal("AzureTenantWrong", other.Id);
        Assert.Contains(Tenant, other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_during_a_run_is_a_fault_and_nothing_is_sent()
    {
        var azure = new FakeAzure();
        var credential = new AccessTokenCredential(Secret(Token(_clock.GetUtcNow().AddMinutes(5))), tenantId: null, _clock, _warnings.Add);
        _clock.Advance(TimeSpan.FromMinutes(6));
        var fault = await Assert.ThrowsAsync<RestoreException>(() => azure.Client(credential: credential).GetAsync(FakeAzure.Account, CancellationToken.None));
        Assert.Equal("AzureTokenExpired", fault.Id);
        Assert.Empty(azure.Sent);
    }

    [Theory]
    [InlineData(AzureCredentialKind.Auto, typeof(DefaultAzureCredential))]
    [InlineData(AzureCredentialKind.ManagedIdentity, typeof(ManagedIdentityCredential))]
    [InlineData(AzureCredentialKind.AzureCli, typeof(AzureCliCredential))]
    [InlineData(AzureCredentialKind.AzPowerShell, typeof(AzurePowerShellCredential))]
    [InlineData(AzureCredentialKind.Environment, typeof(EnvironmentCredential))]
    [InlineData(AzureCredentialKind.WorkloadIdentity, typeof(WorkloadIdentityCredential))]
    public void Each_kind_of_credential_is_the_sdks(AzureCredentialKind kind, Type type)
    {
        foreach (var cloud in ArmCloud.Known)
        {
            Assert.IsType(type, ArmCredentials.Make(new AzureConnection { Credential = kind }, cloud, _clock, _warnings.Add));
            Assert.IsType(type, ArmCredentials.Make(new AzureConnection { Credential = kind, TenantId = Tenant, ManagedIdentityClientId = Tenant }, cloud, _clock, _warnings.Add));
        }
    }

    [Fact]
    public async Task The_factory_makes_one_client_for_a_way_to_sign_in_and_a_mode()
    {
        var azure = new FakeAzure { Token = Token(_clock.GetUtcNow().AddMinutes(30)) };
        azure.Then(200, "{}").Then(200, "{}");
        var factory = new ArmClientFactory(new ArmClientSettings { Transport = new HttpClientTransport(new HttpClient(azure, disposeHandler: false)), TokenClock = _clock }, _clock, _warnings.Add);
        var connection = new AzureConnection { AccessToken = Secret(azure.Token), Cloud = "azureusgovernment" };
        var client = factory.For(connection, ServiceMode.ReadOnly);
        Assert.Same(client, factory.For(connection with { }, ServiceMode.ReadOnly));
        Assert.NotSame(client, factory.For(connection, ServiceMode.ReadWrite));
        Assert.Same(ArmCloud.UsGovernment, client.Cloud);
        await client.GetAsync(FakeAzure.Account, CancellationToken.None);
        await factory.For(connection, ServiceMode.ReadWrite).PatchAsync(FakeAzure.Account, [], CancellationToken.None);
        Assert.Equal("ReadOnlyMode", (await Assert.ThrowsAsync<RestoreException>(() => client.PatchAsync(FakeAzure.Account, [], CancellationToken.None))).Id);
        Assert.Equal((2, 3L), (azure.Sent.Count, factory.Calls.Total));
        Assert.Single(_warnings);
        Assert.Same(ArmCloud.Public, factory.CloudOf(new AzureConnection()));
        Assert.Equal("AzureCloudUnknown", Assert.Throws<RestoreException>(() => factory.CloudOf(new AzureConnection { Cloud = "AzureGermanCloud" })).Id);
    }

    [Fact]
    public void A_token_is_not_written_with_its_connection()
    {
        var connection = new AzureConnection { AccessToken = Secret("CANARY"), TenantId = Tenant };
        Assert.DoesNotContain("AccessToken", JsonSerializer.Serialize(connection), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(FakeAzure.Canary, connection.ToString(), StringComparison.Ordinal);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Token(DateTimeOffset expires) =>
        $"{Encode("{\"alg\":\"none\"}")}.{Encode($$"""{"exp":{{expires.ToUnixTimeSeconds()}},"tid":"{{Tenant}}","name":"ü?>"}""")}.{FakeAzure.Canary}";

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var c in text)
            secret.AppendChar(c);

        return secret;
    }
}
