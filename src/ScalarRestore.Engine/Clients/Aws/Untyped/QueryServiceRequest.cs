using Amazon.Runtime.Internal;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>A request of the Query protocol.</summary>
internal sealed class QueryServiceRequest(string serviceName, string version, string operation, IReadOnlyDictionary<string, string> parameters)
    : UntypedRequest(serviceName, operation)
{
    /// <inheritdoc/>
    protected override void Fill(DefaultRequest request)
    {
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        request.Parameters["Action"] = Operation;
        request.Parameters["Version"] = version;
        foreach (var (name, value) in parameters)
            request.Parameters[name] = value;
    }
}
