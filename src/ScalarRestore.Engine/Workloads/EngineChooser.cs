using System.Collections.Concurrent;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Decides how each release is changed: by helm where it is there and the chart can be had in the deployed version, else in process.</summary>
internal sealed class EngineChooser(HelmProgram? helm)
{
    private readonly ConcurrentDictionary<string, Task<RestoreException?>> _probes = new(StringComparer.Ordinal);

    /// <summary>Decides for one workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="wanted">What the operator asked for.</param>
    /// <param name="chartSource">Where helm finds charts; null for Scalar's own repository.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RestoreException">helm was asked for and cannot be used: <c>HelmNotFound</c>, <c>ChartNotFound</c>, <c>ChartVersionMismatch</c>, <c>HelmNotRunnable</c>.</exception>
    public async Task<EngineChoice> ChooseAsync(
        ScalarWorkload workload, WorkloadEngine wanted, string? chartSource, CancellationToken cancellationToken)
    {
        if (wanted == WorkloadEngine.Record)
            return new EngineChoice(WorkloadEngine.Record, null, "release record, as asked for");

        var (reference, fault) = await TryHelmAsync(workload, chartSource, cancellationToken).ConfigureAwait(false);
        if (reference is not null)
            return new EngineChoice(WorkloadEngine.Helm, reference, $"helm at {helm!.Path} with {reference} {workload.ChartVersion}");

        // A folder that holds another version than the deployed one is a mistake of the operator's, not a reason to do it another way.
        if (wanted == WorkloadEngine.Helm || (fault!.Id == "ChartVersionMismatch" && chartSource is not null))
            throw fault!;

        return new EngineChoice(WorkloadEngine.Record, null, $"release record, because helm cannot be used: {fault.Message}");
    }

    private async Task<(string? Reference, RestoreException? Fault)> TryHelmAsync(
        ScalarWorkload workload, string? chartSource, CancellationToken cancellationToken)
    {
        if (helm is null)
        {
            return (null, new RestoreException(
                "HelmNotFound", FaultCategory.ObjectNotFound, "helm is not on PATH.", "helm", "Install helm, or use -Engine Record, which needs none."));
        }

        string reference;
        try
        {
            reference = ChartLocator.Locate(chartSource, workload.Chart, workload.ChartVersion);
        }
        catch (RestoreException e)
        {
            return (null, e);
        }

        var probe = _probes.GetOrAdd($"{reference} {workload.ChartVersion}", _ => ProbeAsync(reference, workload, cancellationToken));
        var fault = await probe.ConfigureAwait(false);
        return fault is null ? (reference, null) : (null, fault);
    }

    /// <summary>Asks helm for the chart's head: that needs the repository, but no cluster.</summary>
    private async Task<RestoreException?> ProbeAsync(string reference, ScalarWorkload workload, CancellationToken cancellationToken)
    {
        List<string> arguments = ["show", "chart", reference];
        if (!Path.IsPathRooted(reference))
            arguments.AddRange(["--version", workload.ChartVersion]);

        try
        {
            var output = await helm!.RunAsync(arguments, variables: null, cancellationToken).ConfigureAwait(false);
            return output.ExitCode == 0
                ? null
                : new RestoreException(
                    "ChartNotFound",
                    FaultCategory.ObjectNotFound,
                    $"helm cannot get chart {reference} in version {workload.ChartVersion}: {Redactor.Redact(output.Errors)}",
                    reference,
                    "Add the repository ('helm repo add scalar-labs ...'), name a folder of charts with -ChartSource, or use -Engine Record, which needs no chart.");
        }
        catch (RestoreException e)
        {
            return e;
        }
    }
}
