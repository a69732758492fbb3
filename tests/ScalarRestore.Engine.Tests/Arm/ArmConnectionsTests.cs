using System.Security;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmConnectionsTests
{
    private static readonly AzureConnection Remembered = new()
    {
        Credential = AzureCredentialKind.ManagedIdentity, ManagedIdentityClientId = "id", TenantId = "t1", Cloud = "AzureChinaCloud",
    };

    [Fact]
    public void Who_says_nothing_signs_in_as_before() => Assert.Equal(Remembered, new AzureConnection().Over(Remembered));

    [Fact]
    public void A_token_takes_the_place_of_the_identity_and_stays_in_its_cloud()
    {
        using var token = new SecureString();
        var joined = new AzureConnection { AccessToken = token }.Over(Remembered);
        Assert.Equal(new AzureConnection { AccessToken = token, TenantId = "t1", Cloud = "AzureChinaCloud" }, joined);
    }

    [Fact]
    public void Another_kind_does_not_inherit_the_client_id() => Assert.Equal(
        new AzureConnection { Credential = AzureCredentialKind.AzureCli, TenantId = "t2", Cloud = "AzureChinaCloud" },
        new AzureConnection { Credential = AzureCredentialKind.AzureCli, TenantId = "t2" }.Over(Remembered));

    [Fact]
    public void Another_cloud_alone_keeps_the_identity() =>
        Assert.Equal(Remembered with { Cloud = "AzureCloud" }, new AzureConnection { Cloud = "AzureCloud" }.Over(Remembered));

    [Fact]
    public void Another_client_id_is_another_identity() => Assert.Equal(
        new AzureConnection { ManagedIdentityClientId = "other", TenantId = "t1", Cloud = "AzureChinaCloud" },
        new AzureConnection { ManagedIdentityClientId = "other" }.Over(Remembered));
}
