using Amazon.DynamoDBv2;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Carries the mode into <see cref="GuardedDynamoDbClient"/>, whose pipeline is built before its constructor runs.</summary>
internal sealed class GuardedDynamoDbConfig(ServiceMode mode) : AmazonDynamoDBConfig
{
    /// <summary>Whether the client may change anything.</summary>
    public ServiceMode Mode { get; } = mode;
}
