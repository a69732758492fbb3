using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class WorkloadFinderTests
{
    [Fact]
    public async Task A_workload_is_found_with_its_pods_and_storages()
    {
        using var cluster = Sample.OneServer();

        var workload = Assert.Single(await Find(cluster, new WorkloadQuery { Namespace = "prod" }));

        Assert.Equal(("db", "prod", ScalarProduct.Server), (workload.Name, workload.Namespace, workload.Product));
        Assert.Equal(("scalardb", "2.4.7", "3.7.0", 1), (workload.Chart, workload.ChartVersion, workload.AppVersion, workload.Revision));
        Assert.Equal(("db-scalardb", 3, 3, 3), (workload.Deployment, workload.Replicas, workload.ReadyReplicas, workload.Pods));
        Assert.Equal("https://cluster.test:6443", workload.Cluster);
        Assert.Equal("test", workload.Connection.Context);
        var storage = Assert.Single(workload.Storages);
        Assert.Equal(("jdbc", "jdbc:mysql://old.example.com:3306/"), (storage.Storage, storage.ContactPoints));
        Assert.Empty(workload.Blockers);
    }

    [Fact]
    public async Task Only_the_newest_revision_counts_and_an_uninstalled_release_is_none()
    {
        using var cluster = Sample.OneServer();
        var record = await FirstRecord(cluster);
        (record.Revision, record.Status) = (12, "failed");
        cluster.Put(KubeResource.Secrets, "prod", Sample.Stored(record));
        Assert.Equal((12, "failed"), (await Find(cluster, new WorkloadQuery { Namespace = "prod" })).Select(w => (w.Revision, w.ReleaseStatus)).Single());

        (record.Revision, record.Status) = (13, "uninstalled");
        cluster.Put(KubeResource.Secrets, "prod", Sample.Stored(record));
        await Faults("NoWorkloads", cluster, new WorkloadQuery { Namespace = "prod" });
    }

    [Theory]
    [InlineData("d*", 1)]
    [InlineData("?b", 1)]
    [InlineData("db", 1)]
    public async Task Names_may_have_wildcards(string name, int count)
    {
        using var cluster = Sample.OneServer();
        Assert.Equal(count, (await Find(cluster, new WorkloadQuery { AllNamespaces = true, Names = [name] })).Count);
    }

    [Fact]
    public async Task What_is_not_there_is_a_fault_that_tells_what_is()
    {
        using var cluster = Sample.OneServer();
        var other = Sample.Record("web", "nginx", "1.0.0", 1, "deployed", "", []);
        cluster.Put(KubeResource.Secrets, "prod", Sample.Stored(other));

        Assert.Contains("prod/db, prod/web", (await Faults("ReleaseNotFound", cluster, new WorkloadQuery { Namespace = "prod", Names = ["dbx"] })).Message, StringComparison.Ordinal);
        Assert.Contains("nginx", (await Faults("NotAScalarRelease", cluster, new WorkloadQuery { Namespace = "prod", Names = ["web"] })).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Faults("ReleaseNotFound", cluster, new WorkloadQuery { Namespace = "prod", Names = ["x", "web", "db"] })).Faults.Count);
        await Faults("NoWorkloads", cluster, new WorkloadQuery { Namespace = "prod", Names = ["zz*"] });
        await Faults("NoWorkloads", cluster, new WorkloadQuery { Namespace = "prod", Product = ScalarProduct.Ledger });
        await Faults("NamespaceNotFound", cluster, new WorkloadQuery { Namespace = "prud" });
    }

    [Fact]
    public async Task Who_may_not_read_ConfigMaps_is_told_that_releases_there_are_not_seen()
    {
        const string unseen = "releases kept in ConfigMaps could not be looked at: forbidden";
        using var cluster = Sample.OneServer();
        cluster.Forbidden.Add(KubeResource.ConfigMaps);
        cluster.Put(KubeResource.Namespaces, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "empty" } });

        Assert.Single(await Find(cluster, new WorkloadQuery { Namespace = "prod" }));
        Assert.Contains(unseen, (await Faults("NoWorkloads", cluster, new WorkloadQuery { Namespace = "empty" })).Message, StringComparison.Ordinal);
        Assert.Contains(unseen, (await Faults("ReleaseNotFound", cluster, new WorkloadQuery { Namespace = "prod", Names = ["dbx"] })).Message, StringComparison.Ordinal);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => new HelmReleaseStore(cluster, new FastClock()).HistoryAsync("prod", "dbx", CancellationToken.None));
        Assert.Equal("ReleaseNotFound", fault.Id);
        Assert.Contains(unseen, fault.Message, StringComparison.Ordinal);

        cluster.Forbidden.Add(KubeResource.Secrets);
        await Faults("ClusterForbidden", cluster, new WorkloadQuery { Namespace = "prod" }, hasMend: false);
    }

    [Fact]
    public async Task A_release_without_its_Deployment_is_not_left_out()
    {
        using var cluster = Sample.OneServer();
        cluster.Remove(KubeResource.Deployments, "prod", "db-scalardb");
        await Faults("DeploymentNotFound", cluster, new WorkloadQuery { Namespace = "prod" });
    }

    [Fact]
    public async Task Who_would_start_the_pods_again_is_found()
    {
        using var cluster = Sample.OneServer();
        cluster.Unknown.Add(KubeResource.Autoscalers);
        cluster.Forbidden.Add(KubeResource.ScaledObjects);
        cluster.Put(KubeResource.OldAutoscalers, "prod", Scaler("mine", "db-scalardb"));
        cluster.Put(KubeResource.OldAutoscalers, "prod", Scaler("other", "web"));
        var deployment = await cluster.GetAsync(KubeResource.Deployments, "prod", "db-scalardb", CancellationToken.None);
        deployment["metadata"]!["annotations"] = new JsonObject { ["argocd.argoproj.io/tracking-id"] = "app:apps/Deployment:prod/db" };
        deployment["metadata"]!["labels"] = new JsonObject { ["helm.toolkit.fluxcd.io/name"] = "db" };
        cluster.Put(KubeResource.Deployments, "prod", deployment);

        var blockers = (await Find(cluster, new WorkloadQuery { Namespace = "prod" })).Single().Blockers;

        Assert.Equal(
            ["HorizontalPodAutoscaler 'mine'", "Argo CD (argocd.argoproj.io/tracking-id: app:apps/Deployment:prod/db)", "Flux (helm.toolkit.fluxcd.io/name: db)"],
            blockers);
    }

    [Fact]
    public async Task Placeholders_are_filled_from_the_Secret_that_feeds_the_pods()
    {
        using var cluster = Sample.OneServer(properties: "scalar.db.contact_points=${env:POINTS}\nscalar.db.storage=${env:STORAGE:-cosmos}\nscalar.db.password=${env:PASSWORD}\n");
        var deployment = await cluster.GetAsync(KubeResource.Deployments, "prod", "db-scalardb", CancellationToken.None);
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["envFrom"] =
            new JsonArray(new JsonObject { ["secretRef"] = new JsonObject { ["name"] = "credentials" } });
        cluster.Put(KubeResource.Deployments, "prod", deployment);
        var before = Assert.Single((await Find(cluster, new WorkloadQuery { Namespace = "prod" })).Single().Storages);
        Assert.Equal(("${env:STORAGE:-cosmos}", "${env:POINTS}"), (before.Storage, before.ContactPoints));

        cluster.Put(KubeResource.Secrets, "prod", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "credentials" },
            ["data"] = new JsonObject { ["POINTS"] = Convert.ToBase64String("https://a.documents.azure.com:443/"u8) },
        });
        var after = Assert.Single((await Find(cluster, new WorkloadQuery { Namespace = "prod" })).Single().Storages);
        Assert.Equal(("cosmos", "https://a.documents.azure.com:443/"), (after.Storage, after.ContactPoints));
    }

    private static JsonObject Scaler(string name, string target) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject { ["scaleTargetRef"] = new JsonObject { ["kind"] = "Deployment", ["name"] = target } },
    };

    private static Task<IReadOnlyList<ScalarWorkload>> Find(FakeCluster cluster, WorkloadQuery query) =>
        new WorkloadFinder(cluster, new FastClock()).FindAsync(query, CancellationToken.None);

    private static async Task<HelmReleaseRecord> FirstRecord(FakeCluster cluster) =>
        (await new HelmReleaseStore(cluster, new FastClock()).HistoryAsync("prod", "db", CancellationToken.None))[0].Read();

    private static async Task<RestoreException> Faults(string id, FakeCluster cluster, WorkloadQuery query, bool hasMend = true)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => Find(cluster, query));
        Assert.Equal(id, fault.Id);
        Assert.Equal(hasMend, fault.Target is not null && fault.Mend is not null);
        return fault;
    }
}
