using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Identity;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What the ready line says of Azure.</summary>
internal static class AzureReady
{
    public static JsonObject Make(AzureCloud azure, Uri arm, Uri identity, string caFile) => new()
    {
        ["armUrl"] = Text(arm),
        ["audience"] = "https://management.azure.com",
        ["subscriptionId"] = azure.Subscription.Id,
        ["tenantId"] = TokenStore.TenantId,
        ["objectId"] = TokenStore.ObjectId,
        ["identityUrl"] = Text(identity) + IdentityServer.HeaderPath,
        ["identityHeader"] = azure.Tokens.Header,
        ["msiUrl"] = Text(identity) + IdentityServer.PostPath,
        ["caFile"] = caFile,

        // Not among the variables of all clients: with these a client trusts the sandbox's authority alone.
        ["environment"] = new JsonObject
        {
            ["IDENTITY_ENDPOINT"] = Text(identity) + IdentityServer.HeaderPath,
            ["IDENTITY_HEADER"] = azure.Tokens.Header,
            ["MSI_ENDPOINT"] = Text(identity) + IdentityServer.PostPath,
            ["SSL_CERT_FILE"] = caFile,
            ["REQUESTS_CA_BUNDLE"] = caFile,
        },
    };

    private static string Text(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
