using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>The typed client with the <see cref="ReadOnlyGuard"/> in its pipeline.</summary>
internal sealed class GuardedDynamoDbClient(AWSCredentials? credentials, GuardedDynamoDbConfig config) : AmazonDynamoDBClient(credentials, config)
{
    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        AwsPipeline.Harden(pipeline, ((GuardedDynamoDbConfig)Config).Mode);
    }
}
