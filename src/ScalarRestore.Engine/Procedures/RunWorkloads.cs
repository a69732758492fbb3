using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
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
        foreach (var group in workloads.GroupBy(workload => (workload.Connection, workload.Namespace)))
        {
            var finder = new WorkloadFinder(services.Cluster(group.Key.Connection), services.Clock);
            var query = new WorkloadQuery { Connection = group.Key.Connection, Namespace = group.Key.Namespace, Names = [.. group.Select(workload => workload.Name)] };
            found.AddRange((await finder.FindAsync(query, cancellationToken).ConfigureAwait(false)).Select(workload => workload with { Connection = group.Key.Connection }));
        }

        // One release that was reached in two ways is one workload.
        found = [.. found.DistinctBy(workload => (workload.Cluster, workload.Namespace, workload.Name))];
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
    public static IReadOnlyList<IStepHandler> Handlers(IReadOnlyList<RunWorkload> workloads, EngineServices services, IReleaseValuesSource? values = null)
    {
        var helm = HelmProgram.Find();
        var clusters = workloads.GroupBy(workload => workload.Before.Cluster, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => WorkloadHandlers.All(Client(group.First(), services), helm, services.Clock, values),
            StringComparer.Ordinal);
        return
        [
            .. clusters.Values.First().Select(handler => new RoutedHandler(
                handler.Kind,
                cluster => clusters[cluster].First(other => string.Equals(other.Kind, handler.Kind, StringComparison.Ordinal)))),
        ];
    }

    /// <summary>
    /// Refuses a restore while a release that is not part of the run has pods and stores into the same tables.
    /// </summary>
    public static async Task RefuseOtherWritersAsync(
        IReadOnlyList<RunWorkload> workloads, bool ignore, EngineServices services, CancellationToken cancellationToken)
    {
        foreach (var group in workloads.GroupBy(workload => workload.Before.Cluster, StringComparer.Ordinal))
        {
            var others = new OtherWorkloads(Client(group.First(), services), services.Clock);
            var writers = await others.FindWritersAsync(workloads, cancellationToken).ConfigureAwait(false);
            foreach (var note in others.Notes)
            {
                services.Host.Warning(note);
            }

            if (writers.Count == 0)
            {
                continue;
            }

            var names = string.Join(", ", writers.Select(writer => $"{writer.Namespace}/{writer.Name}"));
            var message = $"{names} is not part of the run, has pods, and stores into the same tables as the run's workloads: what it writes would be lost or mixed in.";
            if (!ignore)
            {
                throw new RestoreException(
                    "WritersPresent",
                    FaultCategory.InvalidOperation,
                    message,
                    $"{group.Key} {names}",
                    "Stop it together with the others (Start-ScalarWorkload -Abandon ends this run). If its tables lie in another AWS account, say -IgnoreOtherWorkload.");
            }

            services.Host.Warning(message);
        }
    }

    private static IKubernetesClient Client(RunWorkload workload, EngineServices services)
    {
        var client = services.Cluster(workload.Before.Connection);
        ClusterIdentity.Require(client, workload);
        return client;
    }

    /// <summary>Looks at all workloads of all clusters.</summary>
    public static IWriterFence Fence(IReadOnlyList<RunWorkload> workloads, EngineServices services) => new CombinedFence(
        [.. workloads.GroupBy(workload => workload.Before.Cluster, StringComparer.Ordinal).Select(group => new WriterFence(Client(group.First(), services), [.. group]))]);

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

    private sealed class RoutedHandler(string kind, Func<string, IStepHandler> route) : IStepHandler
    {
        public string Kind => kind;

        public Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken) =>
            route(context.Step.Input["cluster"]!.GetValue<string>()).EnsureAsync(context, cancellationToken);
    }
}
