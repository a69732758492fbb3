namespace ScalarRestore.Contracts;

/// <summary>Guide step 2: restore the databases of a stopped run.</summary>
public sealed record RestoreRequest
{
    /// <summary>
    /// A run in phase <see cref="RestorePhase.Stopped"/>, or one whose restore failed or was declined before anything live was changed: it is
    /// then planned anew.
    /// </summary>
    public required RestoreRun Run { get; init; }

    /// <summary>The restore point; a fraction of a second is cut off.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>Which tables.</summary>
    public DatabaseSelection Selection { get; init; } = new();

    /// <summary>Leaves out the on-demand backup of each live table before it is deleted.</summary>
    public bool SkipSafetyBackup { get; init; }

    /// <summary>Leaves TTL off on the restored tables, since it would delete items that have expired meanwhile.</summary>
    public bool SkipTimeToLive { get; init; }

    /// <summary>
    /// RDS and Aurora: afterwards the old database is renamed aside and the restored one takes its identifier, and with it its endpoint, so
    /// that no values have to change. The old one is kept.
    /// </summary>
    public bool KeepIdentifier { get; init; }

    /// <summary>Restores although another Scalar release, which is not part of the run, has pods and stores into the same tables.</summary>
    public bool IgnoreOtherWorkloads { get; init; }

    /// <summary>How much later than the restore point a row's own transaction times may be, since clocks differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Answers the question before the live tables are deleted with yes.</summary>
    public bool Force { get; init; }

    /// <summary>The digest of the plan that is consented to; any other plan is refused.</summary>
    public string? ApprovePlan { get; init; }

    /// <summary>Plans, shows the plan and stops; sends nothing but reads.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>As <see cref="PlanOnly"/>, and asks <see cref="IHostLink.ShouldProcessAsync"/> for each change so that it is listed.</summary>
    public bool WhatIf { get; init; }

    /// <summary>The longest that one operation of the cloud may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(6);
}
