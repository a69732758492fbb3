using System.Xml.Linq;
using Amazon.Runtime;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>An untyped client of a service that speaks the Query protocol: a form goes out, XML comes back.</summary>
internal sealed class QueryServiceClient(AWSCredentials? credentials, UntypedConfig config) : UntypedClient<XElement>(credentials, config)
{
    /// <summary>Sends one operation.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="parameters">Its parameters, lists and structures already flattened (<c>Tags.Tag.1.Key</c>).</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The element named after the operation with <c>Result</c> behind it; element names carry no namespace.</returns>
    public Task<XElement> CallAsync(string operation, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken) =>
        SendAsync(
            new QueryServiceRequest(Config.AuthenticationServiceName, Config.ServiceVersion, operation, parameters),
            QueryServiceUnmarshaller.Instance,
            cancellationToken);
}
