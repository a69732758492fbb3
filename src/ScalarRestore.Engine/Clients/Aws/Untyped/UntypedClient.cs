using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>
/// A client for services whose typed package is not to be had. Signing, credentials and transport are the SDK's; protocols derive from it.
/// </summary>
/// <typeparam name="TBody">The tree that answers come as.</typeparam>
internal abstract class UntypedClient<TBody>(AWSCredentials? credentials, UntypedConfig config) : AmazonServiceClient(credentials, config)
    where TBody : class
{
    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new BaseEndpointResolver());
        pipeline.AddHandlerAfter<BaseEndpointResolver>(new SigV4Resolver());
        AwsPipeline.Harden(pipeline, ((UntypedConfig)Config).Mode);
    }

    /// <summary>Sends a request of the protocol.</summary>
    protected async Task<TBody> SendAsync(UntypedRequest request, Amazon.Runtime.Internal.Transform.ResponseUnmarshaller unmarshaller, CancellationToken cancellationToken)
    {
        var options = new InvokeOptions { RequestMarshaller = request, ResponseUnmarshaller = unmarshaller };
        var response = await InvokeAsync<UntypedResponse<TBody>>(request, options, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    private sealed class SigV4Resolver : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
