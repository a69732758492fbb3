using ScalarRestore.Contracts;

namespace ScalarRestore.Engine;

/// <summary>An engine without a cloud: the name of the workload asked for says how it behaves. What it lived through goes into a trace file.</summary>
public sealed class RestoreEngine : IRestoreEngine
{
    public async Task<IReadOnlyList<ScalarWorkload>> GetWorkloadsAsync(WorkloadQuery query, IHostLink host, CancellationToken cancellationToken)
    {
        try
        {
            await ActAsync(query.Names[0], host, cancellationToken).ConfigureAwait(false);
            return [.. query.Names.Select(Workload)];
        }
        finally
        {
            // A clean-up that takes a while, and may still have something to say.
            await Task.Delay(300, CancellationToken.None).ConfigureAwait(false);
            host.Verbose("settling");
            Trace("settled");
        }
    }

    public async Task<RestoreRun> StopWorkloadsAsync(StopRequest request, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"stop {string.Join(',', request.Workloads.Select(w => w.Name))} whatif={request.WhatIf} timeout={request.Timeout}");
        foreach (var workload in request.Workloads)
            Trace($"process={await host.ShouldProcessAsync(workload.Name, "Stop", cancellationToken).ConfigureAwait(false)}");
        return Run(RestorePhase.Stopped) with { Workloads = [.. request.Workloads.Select(RunWorkload)], NotExecuted = request.WhatIf };
    }

    public async Task<RestoreRun> RestoreDatabasesAsync(RestoreRequest request, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"restore {request.Run.RunId} to {request.RestoreTime.ToUniversalTime():O} whatif={request.WhatIf}");
        TraceAzure(request.Selection.Azure);
        if (request.Run.Phase != RestorePhase.Stopped)
            throw new RestoreException("WrongPhase", FaultCategory.InvalidOperation, $"Run {request.Run.RunId} is in phase {request.Run.Phase}.", request.Run.RunId, "Stop first.");
        Trace($"process={await host.ShouldProcessAsync("table", "Restore", cancellationToken).ConfigureAwait(false)}");
        if (!request.Force)
            Trace($"continue={await host.ShouldContinueAsync("Delete?", "Live tables", cancellationToken).ConfigureAwait(false)}");
        return request.Run with { Phase = RestorePhase.Restored, RestoreTime = request.RestoreTime };
    }

    public Task<RestoreRun> RepairSchemaAsync(RepairSchemaRequest request, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"repair {request.Run.RunId} by {request.Method} {Path.GetFileName(request.LoaderPath)} {Path.GetFileName(request.ConfigPath)} {string.Join(',', request.SchemaFiles.Select(Path.GetFileName))} skip={request.SkipCoordinator} timeout={request.Timeout} whatif={request.WhatIf}");
        TraceAzure(request.Azure);
        return Task.FromResult(request.Run);
    }

    public Task<IReadOnlyList<ScalarDatabase>> GetDatabasesAsync(DatabaseQuery query, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"databases of {query.Workloads.Count} tables {string.Join(',', query.Selection.TableNames ?? [])}");
        TraceAzure(query.Selection.Azure);
        return Task.FromResult<IReadOnlyList<ScalarDatabase>>([]);
    }

    public RestorePoint GetRestorePoint(RestorePointQuery query) => new()
    {
        RestoreTime = query.Windows.Count > 0 ? query.Windows[0].Start : DateTimeOffset.UnixEpoch,
        Sources = [.. query.Windows.Select(w => w.Source), .. query.Texts.Select(t => $"{t.Source}:{t.Content.Split('\n').Length}")],
    };

    public Task<ValuesUpdate> UpdateValuesAsync(UpdateValuesRequest request, IHostLink host, CancellationToken cancellationToken)
    {
        TraceAzure(request.Azure);
        return Task.FromResult(new ValuesUpdate { Run = request.Run! with { Phase = RestorePhase.ValuesUpdated, Warnings = [.. request.Paths] } });
    }

    public Task<RestoreRun> StartWorkloadsAsync(StartRequest request, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"start {request.Run.RunId} stable={request.StableFor}");
        TraceAzure(request.Azure);
        return Task.FromResult(request.Run with { Phase = RestorePhase.Started, Outcome = RestoreOutcome.Succeeded });
    }

    public Task<IReadOnlyList<RestoreRun>> GetRunsAsync(RunQuery query, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"runs {string.Join(',', query.RunIds)} in {query.JournalPath}");
        return Task.FromResult<IReadOnlyList<RestoreRun>>([Run(RestorePhase.Restoring)]);
    }

    public Task<RestoreRun> ResumeAsync(ResumeRequest request, IHostLink host, CancellationToken cancellationToken)
    {
        Trace($"resume {request.RunId} in {request.JournalPath}");
        TraceAzure(request.Azure);
        return Task.FromResult(Run(RestorePhase.Restored));
    }

    private static async Task ActAsync(string how, IHostLink host, CancellationToken cancellationToken)
    {
        switch (how)
        {
            case "warn":
                host.Warning("something is doubtful");
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                break;
            case "wait":
                host.Information("begun");
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                break;
            case "stubborn":
                host.Information("begun");
                await Task.Delay(60_000, CancellationToken.None).ConfigureAwait(false);
                break;
            case "crash":
                throw new FormatException("a bug");
            case "faults":
                throw new RestoreException("PlanInvalid", FaultCategory.InvalidArgument, "Two faults.", "plan", "Mend both.")
                {
                    Faults =
                    [
                        new RestoreException("TableNotFound", FaultCategory.ObjectNotFound, "No table a.", "a", "Create it."),
                        new RestoreException("PitrDisabled", FaultCategory.InvalidOperation, "No PITR on b.", "b", "Turn it on."),
                    ],
                };
            case "chatty":
                for (var i = 0; i < 20_000; i++)
                    host.Verbose($"line {i}");
                break;
            case "progress":
                await ProgressAsync(host, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private static async Task ProgressAsync(IHostLink host, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 100; round++)
        {
            host.Progress(new ProgressUpdate { Activity = "Run", Status = $"round {round}", Percent = round });
            for (var i = 0; i < 20; i++)
                host.Progress(new ProgressUpdate { Activity = $"table {i}", Parent = "Run", Status = $"round {round}", Completed = round == 99 && i < 10 });
            await Task.Delay(10, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ScalarWorkload Workload(string name) => new()
    {
        Name = name,
        Namespace = "ns",
        Product = ScalarProduct.Ledger,
        Chart = "scalardl",
        ChartVersion = "4.5.3",
        Revision = 1,
        ReleaseStatus = "deployed",
        Deployment = $"{name}-ledger",
        Replicas = 3,
        ReadyReplicas = 3,
        Pods = 3,
        Cluster = "https://127.0.0.1:6443",
        Connection = new KubernetesConnection(),
    };

    private static RunWorkload RunWorkload(ScalarWorkload workload) =>
        new() { Before = workload, OriginalReplicas = workload.Replicas, Engine = WorkloadEngine.Record };

    private static RestoreRun Run(RestorePhase phase) => new()
    {
        RunId = "20260304-021507-7f3c",
        JournalPath = Path.Combine(Path.GetTempPath(), "20260304-021507-7f3c.jsonl"),
        Phase = phase,
        Outcome = RestoreOutcome.Incomplete,
        OpenedAt = new DateTimeOffset(2026, 3, 4, 2, 15, 7, TimeSpan.Zero),
    };

    // Of a token, that there is one and how long it is.
    private static void TraceAzure(AzureConnection azure) => Trace(
        $"azure {azure.Credential} client={azure.ManagedIdentityClientId} tenant={azure.TenantId} cloud={azure.Cloud} token={azure.AccessToken?.Length}");

    private static void Trace(string line)
    {
        if (Environment.GetEnvironmentVariable("FAKE_ENGINE_TRACE") is { Length: > 0 } path)
            File.AppendAllText(path, line + Environment.NewLine);
    }
}
