using Azure.Core;
using Azure.Core.Pipeline;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// Stands before the stage that adds the token, and lets it go to the endpoint and its subdomains only: answers name the next page and the
/// operation by URL, and a region may answer for itself (<c>centraluseuap.management.azure.com</c>), but nobody else gets the token.
/// </summary>
internal sealed class ArmHostGuard(Uri endpoint) : HttpPipelinePolicy
{
    /// <summary>Whether a token may go there.</summary>
    public static bool Trusts(Uri endpoint, Uri url) =>
        url.IsAbsoluteUri
        && url.Scheme == Uri.UriSchemeHttps
        && url.Port == endpoint.Port
        && url.UserInfo.Length == 0
        && (url.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase) || url.IdnHost.EndsWith("." + endpoint.IdnHost, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message);
        ProcessNext(message, pipeline);
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Check(HttpMessage message)
    {
        var url = message.Request.Uri.ToUri();
        if (!Trusts(endpoint, url))
        {
            throw new RestoreException(
                "AzureHostForeign",
                FaultCategory.InvalidData,
                $"An answer of {endpoint.Host} leads to {url.Scheme}://{url.Authority}, which is not a part of it. The token was not sent there.",
                url.Host,
                "Check proxies on the way, and the endpoint of the cloud.");
        }
    }
}
