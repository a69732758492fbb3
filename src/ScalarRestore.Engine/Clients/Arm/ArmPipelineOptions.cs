using Azure.Core;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// The SDK's options. Its own retries are off, because they send a restore again whose answer was lost; and so is its log, because the URLs
/// of operations are signed.
/// </summary>
internal sealed class ArmPipelineOptions : ClientOptions
{
    /// <summary>Makes the options.</summary>
    public ArmPipelineOptions(ArmClientSettings settings)
    {
        Retry.MaxRetries = 0;
        Retry.NetworkTimeout = settings.CallTimeout;
        Diagnostics.IsLoggingEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
        Diagnostics.ApplicationId = "ScalarRestore/" + typeof(ArmPipelineOptions).Assembly.GetName().Version?.ToString(3);
        if (settings.Transport is { } transport)
            Transport = transport;
    }
}
