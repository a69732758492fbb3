namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Limits of Application Auto Scaling.</summary>
internal sealed record ScalingSettings
{
    /// <summary>Describe answers hold no more than this, whatever is asked for.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Calls a sandbox second, per operation.</summary>
    public double CallRate { get; init; } = 50;
}
