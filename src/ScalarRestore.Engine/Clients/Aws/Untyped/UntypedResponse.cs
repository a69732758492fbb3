using Amazon.Runtime;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>An answer as a tree.</summary>
internal sealed class UntypedResponse<TBody> : AmazonWebServiceResponse
    where TBody : class
{
    /// <summary>The answer's body. The SDK makes answers itself, so that it cannot be required.</summary>
    public TBody Body { get; init; } = null!;
}
