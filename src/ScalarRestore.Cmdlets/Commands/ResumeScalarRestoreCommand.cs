using System.Management.Automation;
using System.Security;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Takes an interrupted or failed phase up again, in any process, and brings it to its end.</summary>
[Cmdlet(
    VerbsLifecycle.Resume,
    "ScalarRestore",
    DefaultParameterSetName = ByJournal,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreRun))]
public sealed class ResumeScalarRestoreCommand : AzureClusterCmdlet
{
    private const string ByRunId = "RunId";
    private const string ByRun = "Run";
    private const string ByJournal = "JournalPath";

    /// <summary>The run's id.</summary>
    [Parameter(ParameterSetName = ByRunId, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>The run, as Get-ScalarRestoreRun gives it.</summary>
    [Parameter(ParameterSetName = ByRun, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public RestoreRun? Run { get; set; }

    /// <summary>The journal: a file, a folder with the run's id, or <c>configmap:NAMESPACE</c>.</summary>
    [Parameter(ParameterSetName = ByJournal, Mandatory = true)]
    [Parameter(ParameterSetName = ByRunId)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Answers the question before the live tables are deleted with yes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The digest of the plan that is consented to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApprovePlan { get; set; }

    /// <summary>The restored Cosmos DB account's key, where it is needed and no file holds it.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccountKey { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        // A run from a ConfigMap knows by itself how its cluster is reached.
        bool namesCluster = KubeConfig is not null || Context is not null || AllowExecPlugin;
        KubernetesConnection? own = namesCluster || Run is not { Workloads.Count: > 0 } ? null : Run.Workloads[0].Before.Connection;
        var request = new ResumeRequest
        {
            RunId = Run?.RunId ?? RunId,
            JournalPath = Run?.JournalPath ?? PathResolver.Journal(this, JournalPath),
            Connection = own ?? Connection,
            Force = Force,
            ApprovePlan = ApprovePlan,
            AccountKey = AccountKey,
            Azure = Azure,
            WhatIf = IsWhatIf,
        };
        WriteObject(Call((engine, host, token) => engine.ResumeAsync(request, host, token)));
    }
}
