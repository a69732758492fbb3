using System.Text.Json.Serialization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Times, limits and misfortunes of Azure; times in sandbox seconds.</summary>
internal sealed record AzureSettings
{
    /// <summary>How long a token is good. That of a managed identity lasts a day.</summary>
    public double TokenLifetimeSeconds { get; init; } = 86_400;

    /// <summary>How long after its end an operation can still be asked for.</summary>
    public double OperationRecordSeconds { get; init; } = 86_400;

    /// <summary>Lists hold no more than this in one answer.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Globs over permissions that the caller lacks, such as <c>*/listKeys/action</c>.</summary>
    public IReadOnlyList<string> DeniedActions { get; init; } = [];

    /// <summary>The subscription's limits.</summary>
    public AzureLimits Limits { get; init; } = new();

    public CosmosSettings Cosmos { get; init; } = new();

    [JsonPropertyName("mysql")]
    public FlexibleServerSettings MySql { get; init; } = new() { RetryAfterSeconds = 1, FirewallCopied = true, ParametersApplied = true, TagsCopied = true };

    [JsonPropertyName("postgresql")]
    public FlexibleServerSettings PostgreSql { get; init; } = new();
}
