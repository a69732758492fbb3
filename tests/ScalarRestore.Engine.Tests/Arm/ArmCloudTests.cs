using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmCloudTests
{
    [Theory]
    [InlineData("AzureCloud", "https://management.azure.com/", "https://management.azure.com/.default", "documents.azure.com")]
    [InlineData("azurechinacloud", "https://management.chinacloudapi.cn/", "https://management.chinacloudapi.cn/.default", "documents.azure.cn")]
    [InlineData("AzureUSGovernment", "https://management.usgovcloudapi.net/", "https://management.usgovcloudapi.net/.default", "documents.azure.us")]
    public void Clouds_are_known_by_name(string name, string endpoint, string scope, string cosmos)
    {
        var cloud = ArmCloud.ByName(name);
        Assert.Equal((endpoint, scope, cosmos), (cloud.Endpoint.AbsoluteUri, cloud.Scope, cloud.CosmosDbSuffix));
    }

    [Theory]
    [InlineData("acc.documents.azure.com", "AzureCloud")]
    [InlineData("ACC.documents.azure.cn", "AzureChinaCloud")]
    [InlineData("acc.documents.azure.us.", "AzureUSGovernment")]
    [InlineData("srv.mysql.database.azure.com", "AzureCloud")]
    [InlineData("srv.mysql.database.chinacloudapi.cn", "AzureChinaCloud")]
    [InlineData("srv.postgres.database.usgovcloudapi.net", "AzureUSGovernment")]
    [InlineData("documents.azure.com", null)]
    [InlineData("acc.documents.azure.com.evil.test", null)]
    [InlineData("a.b.documents.azure.com", null)]
    public void The_cloud_of_a_database_is_told_by_its_host(string host, string? name) => Assert.Equal(name, ArmCloud.OfHost(host)?.Name);

    [Fact]
    public void Names_are_taken_from_hosts()
    {
        Assert.Equal("acc", ArmCloud.Public.CosmosDbAccountIn("acc.documents.azure.com"));
        Assert.Equal("srv", ArmCloud.China.MySqlServerIn("srv.mysql.database.chinacloudapi.cn"));
        Assert.Equal("srv", ArmCloud.UsGovernment.PostgreSqlServerIn("srv.postgres.database.usgovcloudapi.net"));
        Assert.Null(ArmCloud.China.CosmosDbAccountIn("acc.documents.azure.com"));
    }

    [Fact]
    public async Task An_endpoint_of_its_own_is_heeded_with_its_audience()
    {
        var settings = Read("https://localhost:8443", audience: null);
        Assert.Equal(("https://localhost:8443/", "https://localhost:8443/.default"), (settings.Cloud!.Endpoint.AbsoluteUri, settings.Cloud.Scope));
        Assert.Equal("https://management.azure.com/.default", Read("https://localhost:8443/", "https://management.azure.com/").Cloud!.Scope);
        Assert.Null(Read(endpoint: "", audience: "x").Cloud);

        var azure = new FakeAzure().Then(200, """{"value":[],"nextLink":"https://management.azure.com/x"}""");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => azure.Client(cloud: settings.Cloud).ListAsync(FakeAzure.Account + "/sqlDatabases", CancellationToken.None));
        Assert.Equal("AzureHostForeign", fault.Id);
    }

    [Theory]
    [InlineData("http://localhost:8443")]
    [InlineData("localhost:8443")]
    [InlineData("https://localhost/path")]
    [InlineData("https://user:CANARY@localhost")]
    [InlineData("https://localhost?x=CANARY")]
    public void Tokens_are_sent_over_tls_only(string endpoint)
    {
        var fault = Assert.Throws<RestoreException>(() => Read(endpoint, audience: null));
        Assert.Equal("AzureEndpointInvalid", fault.Id);
        Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "https://localhost:8443", true)]
    [InlineData("http://127.0.0.1:4566", null, true)]
    [InlineData("http://127.0.0.1:4566", "https://localhost:8443", true)]
    [InlineData("http://127.0.0.1:4566", "https://management.local.azurestack.external", false)]
    [InlineData("https://vpce.test", "https://localhost:8443", false)]
    [InlineData(null, "https://management.local.azurestack.external", false)]
    [InlineData(null, null, false)]
    [InlineData("", "", false)]
    public void A_sandboxs_clock_is_heeded_on_loopback_only(string? aws, string? arm, bool heeded) =>
        Assert.Equal(heeded, EngineSettings.ReadClock("1767225600000:60:1", aws, arm) is ScaledTimeProvider);

    private static ArmClientSettings Read(string? endpoint, string? audience) => ArmClientSettings.Read(name => name switch
    {
        ArmClientSettings.EndpointVariable => endpoint,
        ArmClientSettings.AudienceVariable => audience,
        _ => null,
    });
}
