using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class HelmRecordWriterTests
{
    private static readonly FastClock Clock = new();

    [Fact]
    public async Task It_writes_the_next_revision_as_helm_would()
    {
        using var cluster = Sample.OneServer();

        var change = await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        Assert.Equal(new ReleaseChange { Engine = WorkloadEngine.Record, Revision = 2, PreviousReplicas = 3, Replicas = 0, Changed = true }, change);
        var history = await History(cluster);
        Assert.Equal(["superseded", "deployed"], history.Select(revision => revision.Status));
        Assert.Equal(["superseded", "deployed"], history.Select(revision => revision.Read().Status));
        var (old, written) = (history[0].Read(), history[1].Read());
        Assert.Equal(0, ChartValues.Number(written.Config, "scalardb.replicaCount"));
        Assert.Equal("a,b{c}", ChartValues.Text(written.Config, "scalardb.note"));
        Assert.Equal("1.5", written.Root["something_new"]!["kept"]!.ToJsonString()[..3]);
        Assert.Equal(old.Manifest.Replace("replicas: 3 # as given", "replicas: 0 # as given", StringComparison.Ordinal), written.Manifest);
        Assert.Contains("Upgrade complete", written.Description, StringComparison.Ordinal);
        Assert.Equal(0, await LiveReplicas(cluster));
    }

    [Fact]
    public async Task It_does_nothing_where_nothing_is_to_be_done()
    {
        using var cluster = Sample.OneServer(0);

        var change = await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        Assert.False(change.Changed);
        Assert.Equal(0, cluster.Changes);
    }

    [Fact]
    public async Task It_only_patches_the_Deployment_where_the_record_is_right()
    {
        using var cluster = Sample.OneServer(0);
        await cluster.PatchAsync(KubeResource.Deployments, "prod", "db-scalardb", KubePatchType.Merge, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 5 } }, CancellationToken.None);

        var change = await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        Assert.True(change.Changed);
        Assert.Equal(5, change.PreviousReplicas);
        Assert.Single(await History(cluster));
        Assert.Equal(0, await LiveReplicas(cluster));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task A_second_run_completes_what_a_crash_at_any_call_left(int call, bool after)
    {
        using var cluster = Sample.OneServer();
        var seen = 0;
        cluster.OnChange = (_, done) =>
        {
            if (done == after && seen++ == call)
                throw new InvalidOperationException("the process died");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None));
        cluster.OnChange = (_, _) => { };

        await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        Assert.Equal(["superseded", "deployed"], (await History(cluster)).Select(revision => revision.Status));
        Assert.Equal(0, await LiveReplicas(cluster));
        var changes = cluster.Changes;
        Assert.False((await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None)).Changed);
        Assert.Equal(changes, cluster.Changes);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task A_lost_answer_is_helped_within(int call, bool after)
    {
        using var cluster = Sample.OneServer();
        var seen = 0;
        cluster.OnChange = (_, done) =>
        {
            if (done == after && seen++ == call)
                throw new RestoreException("ClusterUnreachable", FaultCategory.ConnectionError, "lost") { Retryable = true };
        };

        var change = await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        Assert.True(change.Changed);
        Assert.Equal(3, change.PreviousReplicas);
        Assert.Equal(["superseded", "deployed"], (await History(cluster)).Select(revision => revision.Status));
        Assert.Equal(0, await LiveReplicas(cluster));
    }

    [Fact]
    public async Task A_revision_that_somebody_else_left_pending_is_not_touched()
    {
        using var cluster = Sample.OneServer();
        var pending = (await History(cluster))[0].Read();
        (pending.Revision, pending.Status, pending.Description) = (2, "pending-upgrade", "Preparing upgrade");
        cluster.Put(KubeResource.Secrets, "prod", Sample.Stored(pending));

        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None));

        Assert.Equal("ReleasePending", fault.Id);
        Assert.Equal(0, cluster.Changes);
    }

    [Fact]
    public async Task A_revision_that_another_run_of_ours_left_pending_is_not_touched()
    {
        using var cluster = Sample.OneServer();
        cluster.OnChange = (_, after) =>
        {
            if (after)
                throw new InvalidOperationException("the process died");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None));
        cluster.OnChange = (_, _) => { };

        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(runId: "another"), CancellationToken.None));

        Assert.Equal("ReleasePending", fault.Id);
    }

    [Fact]
    public async Task Somebody_who_rewrites_the_record_meanwhile_is_not_overwritten()
    {
        using var cluster = Sample.OneServer();
        cluster.OnChange = (what, after) =>
        {
            if (!after && what.StartsWith("patch deployments.apps", StringComparison.Ordinal))
                cluster.Put(KubeResource.Secrets, "prod", cluster.GetAsync(KubeResource.Secrets, "prod", "sh.helm.release.v1.db.v1", CancellationToken.None).Result);
        };

        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None));

        Assert.Equal("ResourceConflict", fault.Id);
    }

    [Fact]
    public async Task A_status_written_by_the_controller_is_no_conflict()
    {
        using var cluster = Sample.OneServer();
        var touched = false;
        cluster.OnChange = (what, after) =>
        {
            if (after || touched || !what.StartsWith("patch deployments.apps", StringComparison.Ordinal))
                return;

            touched = true;
            cluster.Put(KubeResource.Deployments, "prod", cluster.GetAsync(KubeResource.Deployments, "prod", "db-scalardb", CancellationToken.None).Result);
        };

        var change = await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        Assert.True(touched);
        Assert.True(change.Changed);
        Assert.Equal(0, await LiveReplicas(cluster));
    }

    [Fact]
    public async Task A_record_that_no_Secret_could_hold_is_a_fault_before_anything_is_changed()
    {
        using var cluster = Sample.OneServer();
        var record = (await History(cluster))[0].Read();
        var noise = new byte[1_400_000];
        new Random(1).NextBytes(noise);
        record.Root["noise"] = Convert.ToBase64String(noise);
        cluster.Put(KubeResource.Secrets, "prod", Sample.Stored(record));

        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None));

        Assert.Equal("ReleaseTooLarge", fault.Id);
        Assert.Equal(0, cluster.Changes);
    }

    [Fact]
    public async Task Releases_in_ConfigMaps_are_changed_in_ConfigMaps()
    {
        using var cluster = Sample.OneServer();
        var secret = await cluster.GetAsync(KubeResource.Secrets, "prod", "sh.helm.release.v1.db.v1", CancellationToken.None);
        cluster.Remove(KubeResource.Secrets, "prod", "sh.helm.release.v1.db.v1");
        secret["data"]!["release"] = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)secret["data"]!["release"]!));
        secret["kind"] = "ConfigMap";
        secret.Remove("type");
        cluster.Put(KubeResource.ConfigMaps, "prod", secret);

        await new HelmRecordWriter(cluster, Clock).ScaleAsync(Sample.Scale(0), Sample.Context(), CancellationToken.None);

        var history = await History(cluster);
        Assert.All(history, revision => Assert.Equal(KubeResource.ConfigMaps, revision.Resource));
        Assert.Equal(["superseded", "deployed"], history.Select(revision => revision.Status));
    }

    private static Task<IReadOnlyList<StoredRevision>> History(FakeCluster cluster) =>
        new HelmReleaseStore(cluster, Clock).HistoryAsync("prod", "db", CancellationToken.None);

    private static async Task<int> LiveReplicas(FakeCluster cluster) =>
        (int)(await cluster.GetAsync(KubeResource.Deployments, "prod", "db-scalardb", CancellationToken.None))["spec"]!["replicas"]!;
}
