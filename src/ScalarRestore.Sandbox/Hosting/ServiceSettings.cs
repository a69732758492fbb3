using System.Text.Json.Serialization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Service times in sandbox seconds, and limits. The defaults are small so that a hand-made try answers at once.</summary>
internal sealed record ServiceSettings
{
    public KubernetesSettings Kubernetes { get; init; } = new();

    [JsonPropertyName("dynamodb")]
    public DynamoDbSettings DynamoDb { get; init; } = new();

    public RdsSettings Rds { get; init; } = new();

    [JsonPropertyName("application-autoscaling")]
    public ScalingSettings Scaling { get; init; } = new();

    public AzureSettings Azure { get; init; } = new();
}
