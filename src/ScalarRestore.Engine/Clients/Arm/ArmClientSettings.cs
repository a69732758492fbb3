using Azure.Core;
using Azure.Core.Pipeline;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>How Azure Resource Manager is reached. Everything is optional.</summary>
internal sealed record ArmClientSettings
{
    /// <summary>Names another endpoint than a known cloud's: Azure Stack, or a sandbox. It must be https.</summary>
    public const string EndpointVariable = "SCALARRESTORE_ARM_ENDPOINT";

    /// <summary>Names the audience of tokens for that endpoint; without it the endpoint itself, so that no cloud's token goes elsewhere.</summary>
    public const string AudienceVariable = "SCALARRESTORE_ARM_AUDIENCE";

    /// <summary>Names other API versions than the pinned ones, as <c>Microsoft.DocumentDB=2024-11-15;TYPE=VERSION</c>.</summary>
    public const string ApiVersionsVariable = "SCALARRESTORE_ARM_API_VERSIONS";

    /// <summary>The cloud where a connection names none; null takes the public one.</summary>
    public ArmCloud? Cloud { get; init; }

    /// <summary>API versions by resource type or provider, before the pinned ones.</summary>
    public IReadOnlyDictionary<string, string> ApiVersions { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A credential to use instead of the connection's.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>A transport instead of HTTP, for tests.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>Tells whether an access token has ended. That is real time, whatever clock the engine waits by.</summary>
    public TimeProvider TokenClock { get; init; } = TimeProvider.System;

    /// <summary>The longest that one HTTP call may take, in real time.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sees every call.</summary>
    public IArmCallObserver? Observer { get; init; }

    /// <summary>For jitter; a test may seed it.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The settings of this process.</summary>
    /// <exception cref="RestoreException">A variable cannot be understood.</exception>
    public static ArmClientSettings FromEnvironment() => Read(Environment.GetEnvironmentVariable);

    internal static ArmClientSettings Read(Func<string, string?> variable) => new()
    {
        Cloud = variable(EndpointVariable) is { Length: > 0 } endpoint ? ArmCloud.Custom(endpoint, variable(AudienceVariable)) : null,
        ApiVersions = Versions(variable(ApiVersionsVariable) ?? ""),
    };

    private static Dictionary<string, string> Versions(string text)
    {
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split('=', StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } type, { Length: > 0 } version] || !version.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                throw new RestoreException(
                    "AzureApiVersionsInvalid",
                    FaultCategory.InvalidArgument,
                    $"{ApiVersionsVariable} holds '{pair}', which is not 'TYPE=VERSION'.",
                    ApiVersionsVariable,
                    "Write for example Microsoft.DocumentDB=2024-11-15, several with semicolons between them.");
            }

            versions[type] = version;
        }

        return versions;
    }
}
