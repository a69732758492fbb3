using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>
/// Walks the procedure as the pipeline does, from wherever the journal says the run stands. It may be called again at any time, in any
/// process: that is the whole of resuming.
/// </summary>
internal sealed class RestoreJob(IRestoreEngine engine, IHostLink host, JobSpec job)
{
    private AzureConnection Azure => job.OnAzure ? new AzureConnection { Credential = AzureCredentialKind.ManagedIdentity } : new AzureConnection();

    /// <summary>Goes on until the wanted phase and returns the run.</summary>
    public async Task<RestoreRun> RunAsync(CancellationToken cancellationToken)
    {
        var found = Directory.Exists(job.JournalFolder)
            ? await engine.GetRunsAsync(new RunQuery { JournalPath = job.JournalFolder }, host, cancellationToken)
            : [];
        var run = found.Count > 0
            ? await engine.ResumeAsync(new ResumeRequest { RunId = found[0].RunId, JournalPath = job.JournalFolder, Force = true, Azure = Azure }, host, cancellationToken)
            : await StopAsync(cancellationToken);
        while (run.Phase != job.Until)
        {
            run = run.Phase switch
            {
                RestorePhase.Stopped => await engine.RestoreDatabasesAsync(
                    new RestoreRequest { Run = run, RestoreTime = job.RestoreTime, Force = true, Timeout = job.Timeout, Selection = new DatabaseSelection { Azure = Azure } }, host, cancellationToken),
                RestorePhase.Restored => (await engine.UpdateValuesAsync(
                    new UpdateValuesRequest { Run = run, Paths = job.ValuesFiles, FromRelease = job.FromRelease, UpdateSecret = job.UpdateSecret, Azure = Azure }, host, cancellationToken)).Run!,
                RestorePhase.ValuesUpdated => await engine.StartWorkloadsAsync(new StartRequest { Run = run, StableFor = job.StableFor, Timeout = job.Timeout, Azure = Azure }, host, cancellationToken),
                _ => throw new InvalidOperationException($"Run {run.RunId} ended in phase {run.Phase}: {run.Error}"),
            };
        }

        return run;
    }

    private async Task<RestoreRun> StopAsync(CancellationToken cancellationToken)
    {
        var workloads = await engine.GetWorkloadsAsync(new WorkloadQuery { Namespace = job.Namespace, Names = job.Releases }, host, cancellationToken);
        return await engine.StopWorkloadsAsync(
            new StopRequest { Workloads = workloads, Engine = job.Engine, ChartSource = job.ChartSource, JournalPath = job.JournalFolder, Timeout = job.Timeout },
            host,
            cancellationToken);
    }
}
