using System.Text.Json.Nodes;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures;

/// <summary>The workloads of a run. They may live in several clusters: Ledger and Auditor are often kept apart on purpose.</summary>
internal static class RunWorkloads
{
    /// <summary>Looks at each workload again: what was piped in may be minutes old.</summary>
    public static async Task<IReadOnlyList<ScalarWorkload>> RefreshAsync(
        IReadOnlyList<ScalarWorkload> workloads, EngineServices services, CancellationToken cancellationToken)
    {
        var found = new List<ScalarWorkload>();
        foreach (var group in workloads.DistinctBy(Identity).GroupBy(workload => (workload.Connection, workload.Namespace)))
        {
            var finder = new WorkloadFinder(services.Cluster(group.Key.Connection), services.Clock);
            var query = new WorkloadQuery { Connection = group.Key.Connection, Namespace = group.Key.Namespace, Names = [.. group.Select(workload => workload.Name)] };
            found.AddRange((await finder.FindAsync(query, cancellationToken).ConfigureAwait(false)).Select(workload => workload with { Connection = group.Key.Connection }));
        }

        return found;
    }

    /// <summary>Chooses how each release is changed and fixes the replica count to go back to.</summary>
    public static async Task<IReadOnlyList<RunWorkload>> ChooseAsync(
        IReadOnlyList<ScalarWorkload> workloads, StopRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var chooser = new EngineChooser(request.Engine == WorkloadEngine.Record ? null : HelmProgram.Find());
        var chosen = new List<RunWorkload>();
        foreach (var workload in workloads)
        {
            var choice = await chooser.ChooseAsync(workload, request.Engine, request.ChartSource, cancellationToken).ConfigureAwait(false);
            services.Host.Verbose($"{workload.Namespace}/{workload.Name}: {choice.Reason}");
            chosen.Add(new RunWorkload
            {
                Before = workload,
                OriginalReplicas = Replicas(workload, services.Host),
                Engine = choice.Engine,
                ChartReference = choice.ChartReference,
            });
        }

        return chosen;
    }

    /// <summary>The handlers of guide steps 1 and 4 for all clusters of the run.</summary>
    public static IReadOnlyList<IStepHandler> Handlers(IReadOnlyList<RunWorkload> workloads, EngineServices services)
    {
        var helm = HelmProgram.Find();
        var clusters = workloads.GroupBy(workload => workload.Before.Connection)
            .Select(group => (
                Releases: group.Select(workload => (workload.Before.Namespace, workload.Before.Name)).ToHashSet(),
                Handlers: WorkloadHandlers.All(services.Cluster(group.Key), helm, services.Clock)))
            .ToList();
        if (clusters.Count == 1)
        {
            return clusters[0].Handlers;
        }

        return
        [
            .. clusters[0].Handlers.Select(handler => new RoutedHandler(
                handler.Kind,
                input => clusters
                    .First(cluster => cluster.Releases.Contains((input["namespace"]!.GetValue<string>(), input["release"]!.GetValue<string>())))
                    .Handlers.First(other => string.Equals(other.Kind, handler.Kind, StringComparison.Ordinal)))),
        ];
    }

    /// <summary>Looks at all workloads of all clusters.</summary>
    public static IWriterFence Fence(IReadOnlyList<RunWorkload> workloads, EngineServices services) => new CombinedFence(
        [.. workloads.GroupBy(workload => workload.Before.Connection).Select(group => new WriterFence(services.Cluster(group.Key), [.. group]))]);

    private static (KubernetesConnection Connection, string Namespace, string Name) Identity(ScalarWorkload workload) =>
        (workload.Connection, workload.Namespace, workload.Name);

    private static int Replicas(ScalarWorkload workload, IHostLink host)
    {
        if (workload.Replicas > 0)
        {
            return workload.Replicas;
        }

        if (workload.ReleaseReplicas > 0)
        {
            host.Warning($"{workload.Namespace}/{workload.Name} is at 0 pods already; it will be started with the {workload.ReleaseReplicas} that its release asks for.");
            return workload.ReleaseReplicas;
        }

        throw new RestoreException(
            "ReplicaCountUnknown",
            FaultCategory.InvalidOperation,
            $"{workload.Namespace}/{workload.Name} is at 0 pods and its release asks for 0 too, so nobody knows how many it shall have afterwards.",
            $"{workload.Namespace}/{workload.Name}",
            "If an earlier run stopped it, go on with that: Get-ScalarRestoreRun. Otherwise scale it to its usual number first.");
    }

    private sealed class CombinedFence(IReadOnlyList<IWriterFence> fences) : IWriterFence
    {
        public Task EnsureNoWritersAsync(CancellationToken cancellationToken) =>
            Task.WhenAll(fences.Select(fence => fence.EnsureNoWritersAsync(cancellationToken)));
    }

    private sealed class RoutedHandler(string kind, Func<JsonObject, IStepHandler> route) : IStepHandler
    {
        public string Kind => kind;

        public Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken) =>
            route(context.Step.Input).EnsureAsync(context, cancellationToken);
    }
}
