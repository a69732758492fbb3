using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>A request that marshals itself.</summary>
internal abstract class UntypedRequest(string serviceName, string operation) : AmazonWebServiceRequest, IMarshaller<IRequest, AmazonWebServiceRequest>
{
    /// <summary>The operation's name.</summary>
    public string Operation { get; } = operation;

    /// <inheritdoc/>
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(this, serviceName) { HttpMethod = "POST", ResourcePath = "/" };
        Fill(request);
        return request;
    }

    /// <summary>Puts headers and content of the protocol into the request.</summary>
    protected abstract void Fill(DefaultRequest request);
}
