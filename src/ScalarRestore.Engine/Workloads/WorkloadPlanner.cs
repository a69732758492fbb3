using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Turns workloads into the steps of guide steps 1 and 4. Pure.</summary>
internal static class WorkloadPlanner
{
    /// <summary>The limit that all steps count against.</summary>
    public const string Limit = "kubernetes";

    /// <summary>How many of them may run at once: each may run a helm of its own.</summary>
    public const int MaxAtOnce = 8;

    private static readonly TimeSpan ScaleEstimate = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartEstimate = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The steps that bring all workloads to zero pods. Auditors stop before Ledgers, since an Auditor writes through its Ledger; all else goes on at once.
    /// </summary>
    public static IReadOnlyList<PlannedStep> StopSteps(IReadOnlyList<RunWorkload> workloads, TimeSpan timeout)
    {
        var keys = new WorkloadKeys(workloads);
        var auditorsDrained = workloads.Where(Is(ScalarProduct.Auditor)).Select(workload => keys.Of("drained", workload)).ToList();
        return
        [
            .. workloads.SelectMany(workload => new[]
            {
                Scale(keys.Of("scale-in", workload), workload, 0, workload.Before.Product == ScalarProduct.Ledger ? auditorsDrained : []),
                Wait(keys.Of("drained", workload), DrainedHandler.StepKind, workload, 0, TimeSpan.Zero, timeout) with
                {
                    DependsOn = [keys.Of("scale-in", workload)],
                    Action = $"wait until no pod of {workload} is left",
                    Estimate = ChartProfiles.Of(workload.Before.Product).GracePeriod,
                    Limit = null,
                },
            }),
        ];
    }

    /// <summary>The steps that bring all workloads back. Auditors start once all Ledgers are ready.</summary>
    public static IReadOnlyList<PlannedStep> StartSteps(IReadOnlyList<RunWorkload> workloads, TimeSpan stableFor, TimeSpan timeout)
    {
        var keys = new WorkloadKeys(workloads);
        var ledgersReady = workloads.Where(Is(ScalarProduct.Ledger)).Select(workload => keys.Of("ready", workload)).ToList();
        return
        [
            .. workloads.SelectMany(workload => new[]
            {
                Scale(keys.Of("scale-out", workload), workload, workload.OriginalReplicas, workload.Before.Product == ScalarProduct.Auditor ? ledgersReady : []),
                Wait(keys.Of("ready", workload), ReadyHandler.StepKind, workload, workload.OriginalReplicas, stableFor, timeout) with
                {
                    DependsOn = [keys.Of("scale-out", workload)],
                    Action = $"wait until {workload.OriginalReplicas} pods of {workload} are ready, and stay so for {stableFor}",
                    Estimate = StartEstimate + stableFor,
                    Limit = null,
                },
            }),
        ];
    }

    private static Func<RunWorkload, bool> Is(ScalarProduct product) => workload => workload.Before.Product == product;

    private static string Target(RunWorkload workload) => $"{workload.Before.Cluster} {workload.Before.Namespace}/{workload.Before.Deployment}";

    private static PlannedStep Scale(string key, RunWorkload workload, int replicas, IReadOnlyList<string> dependsOn) => new()
    {
        Key = key,
        Kind = ScaleHandler.StepKind,
        Target = Target(workload),
        Action = $"bring release {workload} (chart {workload.Before.Chart} {workload.Before.ChartVersion}) to {replicas} pods by {How(workload)}",
        DependsOn = dependsOn,
        Limit = Limit,
        Estimate = ScaleEstimate,
        Input = Json(new ReleaseScale
        {
            Cluster = workload.Before.Cluster,
            Namespace = workload.Before.Namespace,
            Release = workload.Before.Name,
            Product = workload.Before.Product,
            Deployment = workload.Before.Deployment,
            Replicas = replicas,
            Engine = workload.Engine,
            ChartReference = workload.ChartReference,
            ChartVersion = workload.Before.ChartVersion,
        }),
    };

    private static string How(RunWorkload workload) =>
        workload.Engine == WorkloadEngine.Helm ? $"helm ({workload.ChartReference})" : "Deployment patch and release record";

    private static PlannedStep Wait(
        string key, string kind, RunWorkload workload, int replicas, TimeSpan stableFor, TimeSpan timeout) => new()
        {
            Key = key,
            Kind = kind,
            Target = Target(workload),
            Action = "",
            ReadOnly = true,
            Input = Json(new PodWait
            {
                Cluster = workload.Before.Cluster,
                Namespace = workload.Before.Namespace,
                Release = workload.Before.Name,
                Product = workload.Before.Product,
                Deployment = workload.Before.Deployment,
                Replicas = replicas,
                StableFor = stableFor,
                Timeout = timeout,
            }),
        };

    private static JsonObject Json<T>(T input) => JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject();
}
