using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class OtherWorkloadsTests : IDisposable
{
    private const string Dynamo = "scalar.db.contact_points=eu-west-1\nscalar.db.storage=dynamo\n";
    private readonly FakeCluster _cluster = new();

    public OtherWorkloadsTests() => Install("prod", "db");

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task The_runs_own_workloads_are_no_others()
    {
        var (writers, notes) = await FindAsync();
        Assert.Empty(writers);
        Assert.Empty(notes);
    }

    [Fact]
    public async Task Who_shares_tables_and_runs_is_found_in_any_namespace()
    {
        Install("prod", "second");
        Install("test", "db");
        Install("test", "elsewhere", properties: Dynamo.Replace("eu-west-1", "us-east-1", StringComparison.Ordinal));
        Install("test", "jdbc", properties: Sample.Properties);
        Install("test", "stopped", replicas: 0);
        Install("test", "draining", replicas: 0);
        _cluster.Put(KubeResource.Pods, "test", Sample.Pod("last", "scalardb", "draining", terminating: true));
        Install("test", "evicted", replicas: 0);
        var over = Sample.Pod("over", "scalardb", "evicted");
        over["status"]!["phase"] = "Failed";
        _cluster.Put(KubeResource.Pods, "test", over);

        var (writers, notes) = await FindAsync();

        Assert.Equal(["prod/second", "test/db", "test/draining"], writers);
        Assert.Empty(notes);
    }

    [Fact]
    public async Task The_same_name_in_another_cluster_is_another_workload()
    {
        var run = Run();
        run = run with { Before = run.Before with { Cluster = "https://other.test:6443" } };
        Assert.Equal(["prod/db"], (await FindAsync(run)).Writers);
    }

    [Fact]
    public async Task What_cannot_be_read_is_noted_and_hides_no_other()
    {
        Install("a", "broken");
        _cluster.Remove(KubeResource.Deployments, "a", "broken-scalardb");
        Install("b", "garbled");
        var garbled = (await _cluster.ListAsync(KubeResource.Secrets, "b", null, CancellationToken.None))[0];
        garbled["data"]!["release"] = Convert.ToBase64String("nonsense"u8);
        _cluster.Put(KubeResource.Secrets, "b", garbled);
        Install("c", "writer");
        _cluster.Forbidden.Add(KubeResource.Autoscalers);
        _cluster.Forbidden.Add(KubeResource.ConfigMaps);

        var (writers, notes) = await FindAsync();

        Assert.Equal(["c/writer"], writers);
        Assert.Equal(3, notes.Count);
        Assert.Contains("ConfigMaps could not be looked at", notes[0], StringComparison.Ordinal);
        Assert.Contains("a/broken", notes[1], StringComparison.Ordinal);
        Assert.Contains("b/garbled", notes[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_look_everywhere_looks_at_the_runs_namespaces_and_says_so()
    {
        _cluster.OnlyByNamespace = true;
        Install("prod", "second");
        Install("test", "third");

        var (writers, notes) = await FindAsync();

        Assert.Equal(["prod/second"], writers);
        Assert.Contains("Only the run's own namespaces (prod)", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_DynamoDB_looks_at_nothing()
    {
        _cluster.Forbidden.Add(KubeResource.Secrets);
        var run = Run();
        Assert.Empty((await FindAsync(run with { Before = run.Before with { Storages = [new WorkloadStorage { Storage = "cosmos" }] } })).Notes);
    }

    private static RunWorkload Run()
    {
        var run = Sample.Workload("db", ScalarProduct.Server);
        return run with { Before = run.Before with { Storages = [new WorkloadStorage { Storage = "dynamo", ContactPoints = "eu-west-1" }] } };
    }

    private async Task<(IEnumerable<string> Writers, IReadOnlyList<string> Notes)> FindAsync(RunWorkload? run = null)
    {
        var others = new OtherWorkloads(_cluster, new FastClock());
        var writers = await others.FindWritersAsync([run ?? Run()], CancellationToken.None);
        return (writers.Select(writer => writer.ToString()), others.Notes);
    }

    private void Install(string ns, string release, int replicas = 1, string properties = Dynamo)
    {
        var deployment = release + "-scalardb";
        var config = new JsonObject { ["scalardb"] = new JsonObject { ["replicaCount"] = replicas } };
        var manifest = Sample.Manifest(deployment, "scalardb", replicas, properties: properties);
        _cluster.Put(KubeResource.Secrets, ns, Sample.Stored(Sample.Record(release, "scalardb", "2.4.7", 1, "deployed", manifest, config)));
        _cluster.Put(KubeResource.Deployments, ns, Sample.Deployment(deployment, "scalardb", release, replicas));
    }
}
