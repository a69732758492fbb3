using System.Management.Automation;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Guide step 2: brings every database of a stopped run back to one point in time.</summary>
[Cmdlet(VerbsData.Restore, "ScalarDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreRun))]
public sealed class RestoreScalarDatabaseCommand : DatabaseCmdlet
{
    /// <summary>A run in phase Stopped.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public RestoreRun? Run { get; set; }

    /// <summary>The point to go back to; what Get-ScalarRestorePoint gives pipes in here.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [OffsetTimeTransformation]
    public DateTimeOffset RestoreTime { get; set; }

    /// <summary>Exact table names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? TableName { get; set; }

    /// <summary>Schema Loader files.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SchemaFile { get; set; }

    /// <summary>RDS instances and Aurora clusters, by identifier or ARN; accounts and servers of Azure, by resource id.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? DatabaseIdentifier { get; set; }

    /// <summary>RDS and Aurora: what is restored takes the identifier of the old one, which is renamed aside.</summary>
    [Parameter]
    public SwitchParameter KeepIdentifier { get; set; }

    /// <summary>Leaves out the backup of each live table before it is deleted.</summary>
    [Parameter]
    public SwitchParameter SkipSafetyBackup { get; set; }

    /// <summary>Leaves TTL off on the restored tables.</summary>
    [Parameter]
    public SwitchParameter SkipTimeToLive { get; set; }

    /// <summary>Answers the question before the live tables are deleted with yes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The digest of the plan that is consented to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApprovePlan { get; set; }

    /// <summary>Plans, shows the plan and stops.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Restores although another release that is not part of the run stores into the same tables.</summary>
    [Parameter]
    public SwitchParameter IgnoreOtherWorkload { get; set; }

    /// <summary>How much later than the restore point a row's own transaction times may be.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? ClockSkew { get; set; }

    /// <summary>The longest that one operation of the cloud may take.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var request = new RestoreRequest
        {
            Run = Run!,
            RestoreTime = RestoreTime,
            Selection = Select(TableName, SchemaFile, DatabaseIdentifier),
            SkipSafetyBackup = SkipSafetyBackup,
            SkipTimeToLive = SkipTimeToLive,
            KeepIdentifier = KeepIdentifier,
            Force = Force,
            ApprovePlan = ApprovePlan,
            PlanOnly = PlanOnly,
            IgnoreOtherWorkloads = IgnoreOtherWorkload,
            WhatIf = IsWhatIf,
        };
        if (Timeout is { } timeout)
            request = request with { Timeout = timeout };
        if (ClockSkew is { } skew)
            request = request with { ClockSkew = skew };
        WriteObject(Call((engine, host, token) => engine.RestoreDatabasesAsync(request, host, token)));
    }
}
