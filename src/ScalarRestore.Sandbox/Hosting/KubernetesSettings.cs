namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Times of the Kubernetes side, in sandbox seconds, and its limits.</summary>
internal sealed record KubernetesSettings
{
    /// <summary>From creation until the container runs and the pod is Ready.</summary>
    public double PodStartSeconds { get; init; } = 1;

    /// <summary>From deletion until the pod is gone (never longer than its grace period).</summary>
    public double PodStopSeconds { get; init; } = 1;

    /// <summary>How long a Job's pod runs before it succeeds.</summary>
    public double JobSeconds { get; init; } = 1;

    /// <summary>How long the controllers take to notice a change: until then <c>status.observedGeneration</c> lags.</summary>
    public double ControllerSeconds { get; init; } = 0.02;

    /// <summary>How long the container of a crash-looping pod runs before it exits.</summary>
    public double CrashAfterSeconds { get; init; } = 1;

    /// <summary>The first pause before a crashed container is started again; each further one is twice as long.</summary>
    public double CrashBackOffSeconds { get; init; } = 1;

    /// <summary>The longest pause between two starts of a crashing container.</summary>
    public double CrashBackOffLimitSeconds { get; init; } = 30;

    /// <summary>How often a HorizontalPodAutoscaler looks at its target.</summary>
    public double AutoscalerSeconds { get; init; } = 15;

    /// <summary>How many changes are kept for watches; a watch from an older resource version gets 410.</summary>
    public int WatchHistory { get; init; } = 10_000;

    /// <summary>Seconds between the bookmarks of a watch that asked for them.</summary>
    public double BookmarkSeconds { get; init; } = 60;

    /// <summary>What <c>GET /version</c> says.</summary>
    public string GitVersion { get; init; } = "v1.26.4";
}
