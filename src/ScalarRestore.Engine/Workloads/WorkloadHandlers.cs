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
    public static IReadOnlyList<IStepHandler> All(IKubernetesClient client, HelmProgram? helm, TimeProvider clock) =>
    [
        new ScaleHandler(new HelmCli(client, helm, clock), new HelmRecordWriter(client, clock)),
        new DrainedHandler(client),
        new ReadyHandler(client),
    ];
}
