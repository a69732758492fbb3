using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>The handlers of guide steps 1 and 4, for one cluster.</summary>
internal static class WorkloadHandlers
{
    /// <summary>All of them.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="helm">The helm program; null if there is none.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="values">Reads the values that follow a restore; null where none do.</param>
    public static IReadOnlyList<IStepHandler> All(IKubernetesClient client, HelmProgram? helm, TimeProvider clock, IReleaseValuesSource? values = null) =>
    [
        new ScaleHandler(new HelmCli(client, helm, clock, values), new HelmRecordWriter(client, clock, values)),
        new DrainedHandler(client),
        new ReadyHandler(client),
        new ValuesProofHandler(client),
    ];
}
