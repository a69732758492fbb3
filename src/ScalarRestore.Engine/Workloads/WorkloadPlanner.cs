using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Values;

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
    /// <param name="workloads">The workloads.</param>
    /// <param name="stableFor">How long ready pods must go without a restart.</param>
    /// <param name="timeout">The longest to wait for them.</param>
    /// <param name="valuesOf">Which values of a release follow a restore; null where none do.</param>
    public static IReadOnlyList<PlannedStep> StartSteps(
        IReadOnlyList<RunWorkload> workloads, TimeSpan stableFor, TimeSpan timeout, Func<RunWorkload, ReleaseValues?>? valuesOf = null)
    {
        var keys = new WorkloadKeys(workloads);
        var ledgersReady = workloads.Where(Is(ScalarProduct.Ledger)).Select(workload => keys.Of("ready", workload)).ToList();
        return
        [
            .. workloads.SelectMany(workload => new[]
            {
                Scale(
                    keys.Of("scale-out", workload),
                    workload,
                    workload.OriginalReplicas,
                    workload.Before.Product == ScalarProduct.Auditor ? ledgersReady : [],
                    valuesOf?.Invoke(workload)),
                Wait(keys.Of("ready", workload), ReadyHandler.StepKind, workload, workload.OriginalReplicas, stableFor, timeout) with
                {
                    DependsOn = [keys.Of("scale-out", workload)],
                    Action = $"wait until {workload.OriginalReplicas} pods of {workload} are ready, and stay so for {stableFor}",
                    Estimate = StartEstimate + stableFor,
                    Limit = null,
                },
            }.Concat(valuesOf?.Invoke(workload) is { } values ? [Proof(keys, workload, values)] : [])),
        ];
    }

    private static Func<RunWorkload, bool> Is(ScalarProduct product) => workload => workload.Before.Product == product;

    private static string Target(RunWorkload workload) => $"{workload.Before.Cluster} {workload.Before.Namespace}/{workload.Before.Deployment}";

    private static PlannedStep Proof(WorkloadKeys keys, RunWorkload workload, ReleaseValues values) => new()
    {
        Key = keys.Of("values", workload),
        Kind = ValuesProofHandler.StepKind,
        Target = Target(workload),
        Action = $"prove that the properties of its pods name {Hosts(values)}",
        DependsOn = [keys.Of("ready", workload)],
        ReadOnly = true,
        Input = Json(new ValuesProof
        {
            Cluster = workload.Before.Cluster,
            Namespace = workload.Before.Namespace,
            Release = workload.Before.Name,
            Product = workload.Before.Product,
            Deployment = workload.Before.Deployment,
            AppVersion = workload.Before.AppVersion,
            Changes = values.Changes,
        }),
    };

    private static string Hosts(ReleaseValues values) => string.Join(", ", values.Changes.Select(change => change.New));

    private static PlannedStep Scale(string key, RunWorkload workload, int replicas, IReadOnlyList<string> dependsOn, ReleaseValues? values = null) => new()
    {
        Key = key,
        Kind = ScaleHandler.StepKind,
        Target = Target(workload),
        Action = $"bring release {workload} (chart {workload.Before.Chart} {workload.Before.ChartVersion}) to {replicas} pods by {How(workload)}{(values is { Keys.Count: > 0 } ? $", and point its {string.Join(", ", values.Keys)} at {Hosts(values)}" : "")}",
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
            Values = values,
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
