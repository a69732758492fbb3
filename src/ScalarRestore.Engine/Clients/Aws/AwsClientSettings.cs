using Amazon.Runtime;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>How AWS is reached. Everything is optional: the SDK follows the environment and the shared configuration files.</summary>
internal sealed record AwsClientSettings
{
    /// <summary>One endpoint for every service; null follows <c>AWS_ENDPOINT_URL*</c> and then the region.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Credentials to use instead of the SDK's chain.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>The longest that one HTTP call may take, in real time.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sees every call.</summary>
    public IAwsCallObserver? Observer { get; init; }

    /// <summary>For jitter; a test may seed it.</summary>
    public Random Random { get; init; } = Random.Shared;
}
