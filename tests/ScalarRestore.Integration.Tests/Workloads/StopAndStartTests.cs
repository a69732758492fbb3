using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>The real helm must agree with whatever was done to its releases.</summary>
public sealed class StopAndStartTests(WorkloadWorld world) : IClassFixture<WorkloadWorld>
{
    private static readonly string[] Statuses = ["superseded", "deployed"];

    [ToolFact("helm")]
    public async Task What_helm_installed_is_found()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.storageConfiguration.storage=dynamo,scalardb.storageConfiguration.contactPoints=ap-northeast-1");
        await world.InstallAsync(ns, "scalardl", "scalardl");
        await world.InstallAsync(ns, "audit", "scalardl-audit");
        await world.InstallAsync(ns, "cluster", "scalardb-cluster");

        using var client = world.Client(Engine.Running.ServiceMode.ReadOnly);
        var found = await new WorkloadFinder(client, world.Clock).FindAsync(new WorkloadQuery { Namespace = ns }, CancellationToken.None);

        Assert.Equal(
            [("audit", ScalarProduct.Auditor, "audit-scalardl-audit-auditor"), ("cluster", ScalarProduct.Cluster, "cluster-scalardb-cluster-node"), ("db", ScalarProduct.Server, "db-scalardb"), ("scalardl", ScalarProduct.Ledger, "scalardl-ledger")],
            found.Select(workload => (workload.Name, workload.Product, workload.Deployment)));
        Assert.All(found, workload => Assert.Equal((3, 3, 3, "deployed", 1), (workload.Replicas, workload.ReadyReplicas, workload.Pods, workload.ReleaseStatus, workload.Revision)));
        Assert.All(found, workload => Assert.Equal((world.Sandbox.KubernetesUrl.ToString().TrimEnd('/'), "sandbox"), (workload.Cluster, workload.Connection.Context)));
        Assert.All(found, workload => Assert.Empty(workload.Blockers));
        var storage = Assert.Single(found[2].Storages);
        Assert.Equal(("dynamo", "ap-northeast-1"), (storage.Storage, storage.ContactPoints));
    }

    [ToolFact("helm")]
    public async Task After_the_record_writer_helm_agrees_and_goes_on()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=4");
        var run = WorldRun(await world.FindAsync(ns, "db"), WorkloadEngine.Record);

        await world.StopAsync(run);

        var history = (await world.HelmAsync("history", "db", "-n", ns, "-o", "json")).Json.AsArray();
        Assert.Equal(Statuses, history.Select(revision => (string)revision!["status"]!));
        Assert.Contains("scalar-restore 20260101-000000-abcd", (string)history[1]!["description"]!, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await world.HelmAsync("get", "values", "db", "-n", ns, "-o", "json")).Json["scalardb"]!["replicaCount"]!);
        var before = (await world.HelmAsync("get", "manifest", "db", "-n", ns, "--revision", "1")).Succeeded().Output;
        var after = (await world.HelmAsync("get", "manifest", "db", "-n", ns)).Succeeded().Output;
        Assert.Equal(before.Replace("replicas: 4", "replicas: 0", StringComparison.Ordinal), after);
        Assert.Equal(0, (await world.FindAsync(ns, "db")).Pods);
        Assert.NotEmpty(await Pods(ns, "app.kubernetes.io/app=envoy"));

        (await world.HelmAsync("upgrade", "db", Path.Combine(WorkloadWorld.ChartsFolder, "scalardb"), "-n", ns, "--reuse-values", "--set", "scalardb.replicaCount=3", "--wait", "--timeout", "1m")).Succeeded();
        Assert.Equal(3, (await world.FindAsync(ns, "db")).ReadyReplicas);
        (await world.HelmAsync("rollback", "db", "2", "-n", ns, "--wait", "--timeout", "1m")).Succeeded();
        Assert.Equal(0, (await world.FindAsync(ns, "db")).Replicas);
        (await world.HelmAsync("rollback", "db", "1", "-n", ns, "--wait", "--timeout", "1m")).Succeeded();
        Assert.Equal(4, (await world.FindAsync(ns, "db")).ReadyReplicas);
    }

    [ToolFact("helm")]
    public async Task Helm_stops_and_starts_with_the_chart_pinned()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "ledger", "scalardl", "--set", "ledger.replicaCount=2");
        var run = WorldRun(await world.FindAsync(ns, "ledger"), WorkloadEngine.Helm);

        await world.StopAsync(run);
        Assert.Equal((0, 0, 2), Facts(await world.FindAsync(ns, "ledger")));
        await world.StopAsync(run);
        Assert.Equal((0, 0, 2), Facts(await world.FindAsync(ns, "ledger")));

        await world.StartAsync(run);
        Assert.Equal((2, 2, 3), Facts(await world.FindAsync(ns, "ledger")));
        Assert.Equal(3, (await world.HelmAsync("history", "ledger", "-n", ns, "-o", "json")).Json.AsArray().Count);
    }

    [ToolFact("helm")]
    public async Task Helm_and_the_record_writer_may_take_turns()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "audit", "scalardl-audit");
        var workload = await world.FindAsync(ns, "audit");

        await world.StopAsync(WorldRun(workload, WorkloadEngine.Helm));
        await world.StartAsync(WorldRun(workload, WorkloadEngine.Record));
        await world.StopAsync(WorldRun(workload, WorkloadEngine.Record));
        await world.StartAsync(WorldRun(workload, WorkloadEngine.Helm));

        Assert.Equal((3, 3, 5), Facts(await world.FindAsync(ns, "audit")));
        Assert.Equal(
            ["superseded", "superseded", "superseded", "superseded", "deployed"],
            (await world.HelmAsync("history", "audit", "-n", ns, "-o", "json")).Json.AsArray().Select(revision => (string)revision!["status"]!));
    }

    [ToolFact("helm")]
    public async Task Helms_records_in_ConfigMaps_are_understood_by_both()
    {
        var ns = await world.NewNamespaceAsync();
        var driver = new Dictionary<string, string?>(StringComparer.Ordinal) { ["KUBECONFIG"] = world.Sandbox.KubeconfigPath, ["HELM_DRIVER"] = "configmap" };
        (await Tool.RunAsync("helm", ["install", "db", Path.Combine(WorkloadWorld.ChartsFolder, "scalardb"), "-n", ns, "--wait"], driver)).Succeeded();
        var workload = await world.FindAsync(ns, "db");

        await world.StopAsync(WorldRun(workload, WorkloadEngine.Record));
        await world.StartAsync(WorldRun(workload, WorkloadEngine.Helm));

        Assert.Equal((3, 3, 3), Facts(await world.FindAsync(ns, "db")));
        Assert.Equal(3, (await Tool.RunAsync("helm", ["history", "db", "-n", ns, "-o", "json"], driver)).Json.AsArray().Count);
    }

    [ToolFact("helm")]
    public async Task Who_scaled_beside_helm_is_put_right_by_both()
    {
        foreach (var engine in new[] { WorkloadEngine.Helm, WorkloadEngine.Record })
        {
            var ns = await world.NewNamespaceAsync();
            await world.InstallAsync(ns, "db", "scalardb");
            var workload = await world.FindAsync(ns, "db");
            await world.StopAsync(WorldRun(workload, engine));
            using var client = world.Client();
            await client.PatchAsync(
                KubeResource.Deployments, ns, workload.Deployment, KubePatchType.Merge, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 2 } }, CancellationToken.None);

            await world.StopAsync(WorldRun(workload, engine));

            Assert.Equal(0, (await world.FindAsync(ns, "db")).Pods);
        }
    }

    private static RunWorkload WorldRun(ScalarWorkload workload, WorkloadEngine engine) => WorkloadWorld.Run(workload, engine);

    private static (int Replicas, int Ready, int Revision) Facts(ScalarWorkload workload) => (workload.Replicas, workload.ReadyReplicas, workload.Revision);

    private async Task<IReadOnlyList<JsonObject>> Pods(string ns, string selector)
    {
        using var client = world.Client();
        return await client.ListAsync(KubeResource.Pods, ns, selector, CancellationToken.None);
    }
}
