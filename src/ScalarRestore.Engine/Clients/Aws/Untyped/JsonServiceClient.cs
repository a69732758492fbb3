using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>An untyped client of a service that speaks JSON 1.1.</summary>
internal sealed class JsonServiceClient(AWSCredentials? credentials, UntypedConfig config, string targetPrefix) : UntypedClient<JsonObject>(credentials, config)
{
    /// <summary>Sends one operation.</summary>
    public Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(
            new JsonServiceRequest(Config.AuthenticationServiceName, targetPrefix, operation, body),
            JsonServiceUnmarshaller.Instance,
            cancellationToken);
}
