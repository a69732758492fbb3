using System.Management.Automation;
using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>
/// Guide step 1: opens a run and brings its workloads to zero pods. Collects its whole input before it acts and emits one run after all
/// are drained, since a cmdlet that emitted them one by one would let the next one start the first again before the last has stopped.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "ScalarWorkload", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(RestoreRun))]
public sealed class StopScalarWorkloadCommand : EngineCmdlet
{
    private const string ByObject = "InputObject";
    private const string ByName = "Name";

    private readonly List<ScalarWorkload> _workloads = [];

    /// <summary>The workloads, as Get-ScalarWorkload gives them.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public ScalarWorkload[] InputObject { get; set; } = [];

    /// <summary>Release names, with wildcards.</summary>
    [Parameter(ParameterSetName = ByName, Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The namespace; without it the context's own.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>The kubeconfig.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? KubeConfig { get; set; }

    /// <summary>The kubeconfig's context.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KubeContextCompleter))]
    public string? Context { get; set; }

    /// <summary>Lets the kubeconfig's <c>exec</c> plugin be run.</summary>
    [Parameter(ParameterSetName = ByName)]
    public SwitchParameter AllowExecPlugin { get; set; }

    /// <summary>How the releases are changed.</summary>
    [Parameter]
    public WorkloadEngine Engine { get; set; }

    /// <summary>Where helm finds charts: a repository alias or a folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ChartSource { get; set; }

    /// <summary>A folder for the journal, or <c>configmap:NAMESPACE</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The longest to wait for the last pod to be gone.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Goes on although something may start the pods again.</summary>
    [Parameter]
    public SwitchParameter IgnoreBlocker { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _workloads.AddRange(ParameterSetName == ByName ? Find() : InputObject);

    /// <inheritdoc/>
    protected override void End()
    {
        // A pipe that brought nothing, because a filter was mistyped, must not look like a stop that went well: the engine says so.
        var request = new StopRequest
        {
            Workloads = _workloads,
            Engine = Engine,
            ChartSource = PathResolver.ChartSource(this, ChartSource),
            JournalPath = PathResolver.Journal(this, JournalPath),
            IgnoreBlockers = IgnoreBlocker,
            WhatIf = IsWhatIf,
        };
        if (Timeout is { } timeout)
            request = request with { Timeout = timeout };
        WriteObject(Call((engine, host, token) => engine.StopWorkloadsAsync(request, host, token)));
    }

    private IReadOnlyList<ScalarWorkload> Find()
    {
        var query = new WorkloadQuery
        {
            Connection = ClusterParameters.Connection(this, KubeConfig, Context, AllowExecPlugin),
            Namespace = Namespace,
            Names = Name,
        };
        return Call((engine, host, token) => engine.GetWorkloadsAsync(query, host, token));
    }
}
