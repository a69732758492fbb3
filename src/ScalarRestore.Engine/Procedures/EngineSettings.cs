using System.Globalization;
using System.Net;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Procedures;

/// <summary>What the engine is given from outside.</summary>
/// <param name="Clock">The clock that everything waits and stamps by.</param>
internal sealed record EngineSettings(TimeProvider Clock)
{
    /// <summary>How AWS is reached; the default follows the environment and the shared configuration files.</summary>
    public AwsClientSettings Aws { get; init; } = new();

    /// <summary>How Azure Resource Manager is reached.</summary>
    public ArmClientSettings Arm { get; init; } = new();

    /// <summary>
    /// Names the clock of a sandbox, as <c>epoch milliseconds:scale:timestamp</c>, the last being the machine's monotonic counter at that
    /// instant. It is heeded only while <c>AWS_ENDPOINT_URL</c> or <c>SCALARRESTORE_ARM_ENDPOINT</c> is a loopback address, and neither is
    /// another, so that it can never bend the time of a real restore.
    /// </summary>
    public const string SandboxClockVariable = "SCALARRESTORE_SANDBOX_CLOCK";

    /// <summary>The settings of this process.</summary>
    public static EngineSettings FromEnvironment() => new(
        ReadClock(
            Environment.GetEnvironmentVariable(SandboxClockVariable),
            Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL"),
            Environment.GetEnvironmentVariable(ArmClientSettings.EndpointVariable)))
    {
        Arm = ArmClientSettings.FromEnvironment(),
    };

    internal static TimeProvider ReadClock(string? text, params string?[] endpoints)
    {
        var given = endpoints.Where(endpoint => !string.IsNullOrEmpty(endpoint)).ToList();
        if (string.IsNullOrEmpty(text) || given.Count == 0 || !given.TrueForAll(IsLoopback))
        {
            return TimeProvider.System;
        }

        var parts = text.Split(':');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var origin)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var scale)
            && scale > 0
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
                ? new ScaledTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(origin), scale, timestamp)
                : throw new RestoreException(
                    "SandboxClockInvalid",
                    FaultCategory.InvalidArgument,
                    $"{SandboxClockVariable} is '{text}', which is not 'epoch milliseconds:scale:timestamp'.",
                    SandboxClockVariable,
                    "Take the value from the sandbox's first line, or unset the variable.");
    }

    private static bool IsLoopback(string? endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
        && (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));
}
