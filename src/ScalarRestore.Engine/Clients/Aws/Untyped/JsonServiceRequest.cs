using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime.Internal;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>A request of the JSON 1.1 protocol.</summary>
internal sealed class JsonServiceRequest(string serviceName, string targetPrefix, string operation, JsonObject body) : UntypedRequest(serviceName, operation)
{
    /// <inheritdoc/>
    protected override void Fill(DefaultRequest request)
    {
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["X-Amz-Target"] = $"{targetPrefix}.{Operation}";
        request.Content = Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
