using System.Buffers;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>One fake AWS service.</summary>
internal interface IAwsService
{
    /// <summary>The signing name, which is also the name in the call log and in fault rules.</summary>
    string Name { get; }

    /// <summary>The prefix of X-Amz-Target; null for services that speak forms.</summary>
    string? TargetPrefix { get; }

    AwsProtocol Protocol { get; }

    /// <summary>The code of its "too many requests".</summary>
    string ThrottleCode { get; }

    /// <summary>The namespace of its answers and errors; null for services that speak JSON.</summary>
    string? XmlNamespace => null;

    /// <summary>Whether the operation is called without a signature.</summary>
    bool IsAnonymous(string operation);

    CallDescription Describe(AwsRequest request);

    /// <summary>Does the work and writes the body. An empty body is an answer too.</summary>
    /// <exception cref="AwsException">The error to answer.</exception>
    void Handle(AwsRequest request, AwsCaller caller, IBufferWriter<byte> body);
}
