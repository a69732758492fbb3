namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The rates at which a subscription takes calls.</summary>
internal sealed record AzureLimits
{
    /// <summary>Calls a sandbox second that operations without a rate of their own may take.</summary>
    public double DefaultCallRate { get; init; } = 100;

    /// <summary>Calls a sandbox second by service and operation, such as <c>cosmos:ListKeys</c>. What a settings file says here is added to
    /// these.</summary>
    public IReadOnlyDictionary<string, double> CallRates { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>How long a call that came too early is told to wait.</summary>
    public double RetryAfterSeconds { get; init; } = 1;
}
