using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos;
using ScalarRestore.Sandbox.Azure.Identity;
using ScalarRestore.Sandbox.Azure.Resources;
using ScalarRestore.Sandbox.Azure.Servers;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure;

/// <summary>The fake Azure as a whole.</summary>
internal sealed class AzureCloud
{
    public AzureCloud(SandboxState sandbox)
    {
        Subscription = new AzureSubscription(sandbox);
        Tokens = new TokenStore(sandbox);
        Identity = new IdentityServer(Tokens);
        Server = new ArmServer(Subscription, Tokens, [.. ResourceRoutes.All, .. CosmosRoutes.All, .. ServerRoutes.All]);
    }

    public AzureSubscription Subscription { get; }

    public TokenStore Tokens { get; }

    public IdentityServer Identity { get; }

    public ArmServer Server { get; }
}
