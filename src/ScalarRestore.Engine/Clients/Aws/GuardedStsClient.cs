using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecurityToken;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>The typed STS client; it is only ever asked who we are, and its pipeline holds it to that.</summary>
internal sealed class GuardedStsClient(AWSCredentials? credentials, AmazonSecurityTokenServiceConfig config)
    : AmazonSecurityTokenServiceClient(credentials, config)
{
    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        AwsPipeline.Harden(pipeline, ServiceMode.ReadOnly);
    }
}
