using System.Management.Automation;
using System.Security;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Guide step 4: brings the workloads of a run back to the replica counts they had.</summary>
[Cmdlet(VerbsLifecycle.Start, "ScalarWorkload", SupportsShouldProcess = true)]
[OutputType(typeof(RestoreRun))]
public sealed class StartScalarWorkloadCommand : AzureCmdlet
{
    /// <summary>A run in phase ValuesUpdated.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public RestoreRun? Run { get; set; }

    /// <summary>How long ready pods must go without a restart.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? StableFor { get; set; }

    /// <summary>The longest to wait for all pods to be ready and stable.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gives the restore up and starts the workloads on the data that is there.</summary>
    [Parameter]
    public SwitchParameter Abandon { get; set; }

    /// <summary>The restored Cosmos DB account's key, where it is needed and no file holds it.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccountKey { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var request = new StartRequest { Run = Run!, Abandon = Abandon, AccountKey = AccountKey, Azure = Azure, WhatIf = IsWhatIf };
        if (StableFor is { } stableFor)
            request = request with { StableFor = stableFor };
        if (Timeout is { } timeout)
            request = request with { Timeout = timeout };
        WriteObject(Call((engine, host, token) => engine.StartWorkloadsAsync(request, host, token)));
    }
}
