using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class PodHandlerTests
{
    [Fact]
    public async Task Drained_waits_for_the_last_terminating_pod()
    {
        using var cluster = Stopped();
        cluster.Put(KubeResource.Pods, "prod", Sample.Pod("last", "scalardb", "db", terminating: true));
        var waits = 0;
        var clock = new FastClock
        {
            OnWaited = () =>
            {
                if (++waits == 10)
                    cluster.Remove(KubeResource.Pods, "prod", "last");
            },
        };

        var evidence = await new DrainedHandler(cluster).EnsureAsync(Context(clock, 0), CancellationToken.None);

        Assert.Equal(1, (int)evidence["podsSeen"]!);
        Assert.True(waits >= 10);
    }

    [Fact]
    public async Task Drained_names_what_hangs_when_the_deadline_passes()
    {
        using var cluster = Stopped();
        cluster.Put(KubeResource.Pods, "prod", Sample.Pod("stuck", "scalardb", "db", terminating: true));

        var fault = await Assert.ThrowsAsync<RestoreException>(() => new DrainedHandler(cluster).EnsureAsync(Context(new FastClock(), 0), CancellationToken.None));

        Assert.Equal("WaitTimedOut", fault.Id);
        Assert.Contains("stuck on node node-1, terminating since 2026-01-01", fault.Message, StringComparison.Ordinal);
        Assert.Contains("finalizers example.com/hold", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drained_says_so_when_somebody_scales_up_again()
    {
        using var cluster = Sample.OneServer();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => new DrainedHandler(cluster).EnsureAsync(Context(new FastClock(), 0), CancellationToken.None));
        Assert.Equal("WorkloadScaledUpAgain", fault.Id);
        Assert.Contains("'kubectl scale deployment db-scalardb -n prod --replicas=0 --context test'", fault.Mend, StringComparison.Ordinal);
        Assert.EndsWith(Sample.Resume, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drained_takes_a_Deployment_that_is_not_there_for_the_wrong_cluster()
    {
        using var cluster = Stopped();
        cluster.Remove(KubeResource.Deployments, "prod", "db-scalardb");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => new DrainedHandler(cluster).EnsureAsync(Context(new FastClock(), 0), CancellationToken.None));
        Assert.Equal("DeploymentNotFound", fault.Id);
        Assert.Contains("right cluster", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_says_the_same_at_every_look_and_tells_how_far_it_is()
    {
        using var cluster = Sample.OneServer();
        var log = new List<string>();
        var fractions = new List<double?>();

        await new ReadyHandler(cluster).EnsureAsync(Context(new FastClock(), 3, log, fractions), CancellationToken.None);

        Assert.Equal(["3 ready, waiting until they have been stable for 60 s", "3 ready, stable for 60 s"], log.Distinct(StringComparer.Ordinal));
        Assert.Equal(fractions.Order(), fractions);
        Assert.All(fractions, fraction => Assert.InRange(fraction!.Value, 0, 1));
        Assert.Equal(1, fractions[^1]);
    }

    [Fact]
    public async Task Ready_begins_anew_after_a_restart()
    {
        using var cluster = Sample.OneServer();
        var clock = new FastClock();
        var began = clock.GetUtcNow();
        clock.OnWaited = () =>
        {
            if (clock.GetUtcNow() - began > TimeSpan.FromSeconds(40))
                cluster.Put(KubeResource.Pods, "prod", Sample.Pod("db-scalardb-1", "scalardb", "db", restarts: 1));
        };

        var evidence = await new ReadyHandler(cluster).EnsureAsync(Context(clock, 3), CancellationToken.None);

        Assert.Equal(3, (int)evidence["readyReplicas"]!);
        Assert.True(clock.GetUtcNow() - began > TimeSpan.FromSeconds(95));
    }

    [Fact]
    public async Task Ready_shows_the_last_words_of_a_pod_that_keeps_crashing_without_its_secrets()
    {
        using var cluster = Sample.OneServer();
        var pod = Sample.Pod("db-scalardb-1", "scalardb", "db", ready: false, restarts: 4);
        pod["status"]!["containerStatuses"]![0]!["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff" } };
        cluster.Put(KubeResource.Pods, "prod", pod);
        cluster.Log = "Communications link failure to jdbc:mysql://root:hunter2@old:3306/\npassword=hunter2\n";

        var fault = await Assert.ThrowsAsync<RestoreException>(() => new ReadyHandler(cluster).EnsureAsync(Context(new FastClock(), 3), CancellationToken.None));

        Assert.Equal("WorkloadCrashLooping", fault.Id);
        Assert.Contains("Communications link failure", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_tells_what_pods_lack_when_the_deadline_passes()
    {
        using var cluster = Sample.OneServer();
        var pod = Sample.Pod("db-scalardb-1", "scalardb", "db", ready: false);
        pod["status"]!["containerStatuses"]![0]!["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ImagePullBackOff" } };
        cluster.Put(KubeResource.Pods, "prod", pod);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => new ReadyHandler(cluster).EnsureAsync(Context(new FastClock(), 3), CancellationToken.None));

        Assert.Equal("WaitTimedOut", fault.Id);
        Assert.EndsWith(Sample.Resume, fault.Mend, StringComparison.Ordinal);
        Assert.Contains("2 of 3 ready: db-scalardb-1 Running (ImagePullBackOff)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fence_lets_nothing_through_while_a_writer_lives()
    {
        using var cluster = Sample.OneServer();
        var workload = Sample.Workload("db", ScalarProduct.Server);
        workload = workload with { Before = workload.Before with { Deployment = "db-scalardb" } };
        var fault = await Assert.ThrowsAsync<RestoreException>(() => new WriterFence(cluster, [workload]).EnsureNoWritersAsync(CancellationToken.None));
        Assert.Equal("WritersPresent", fault.Id);
        Assert.Contains("'kubectl scale deployment db-scalardb -n prod --replicas=0 --context test'", fault.Mend, StringComparison.Ordinal);
        Assert.Contains("Get-ScalarRestoreRun shows the command", fault.Mend, StringComparison.Ordinal);

        using var stopped = Stopped();
        await new WriterFence(stopped, [workload]).EnsureNoWritersAsync(CancellationToken.None);

        var over = Sample.Pod("evicted", "scalardb", "db", ready: false);
        over["status"]!["phase"] = "Failed";
        stopped.Put(KubeResource.Pods, "prod", over);
        await new WriterFence(stopped, [workload]).EnsureNoWritersAsync(CancellationToken.None);

        stopped.Put(KubeResource.Pods, "prod", Sample.Pod("leftover", "scalardb", "db", terminating: true));
        await Assert.ThrowsAsync<RestoreException>(() => new WriterFence(stopped, [workload]).EnsureNoWritersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_fence_lets_nothing_through_where_a_Deployment_is_not_there()
    {
        using var cluster = Stopped();
        cluster.Remove(KubeResource.Deployments, "prod", "db-scalardb");
        var workload = Sample.Workload("db", ScalarProduct.Server);
        workload = workload with { Before = workload.Before with { Deployment = "db-scalardb" } };

        var fault = await Assert.ThrowsAsync<RestoreException>(() => new WriterFence(cluster, [workload]).EnsureNoWritersAsync(CancellationToken.None));

        Assert.Equal(("DeploymentNotFound", FaultCategory.ObjectNotFound), (fault.Id, fault.Category));
        Assert.Contains("context 'test'", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Mend);
    }

    [Fact]
    public async Task The_fence_lets_nothing_through_in_another_cluster()
    {
        using var other = new FakeCluster { Server = "https://other.test:6443" };
        var workload = Sample.Workload("db", ScalarProduct.Server);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => new WriterFence(other, [workload]).EnsureNoWritersAsync(CancellationToken.None));

        Assert.Equal(("WrongCluster", FaultCategory.InvalidOperation), (fault.Id, fault.Category));
        Assert.Contains("context 'test' leads to https://other.test:6443", fault.Message, StringComparison.Ordinal);
        Assert.Contains("prod/db is in the cluster https://cluster.test:6443", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Mend);
    }

    private static FakeCluster Stopped() => Sample.OneServer(0);

    private static Engine.Running.StepContext Context(
        TimeProvider clock, int replicas, List<string>? log = null, List<double?>? fractions = null) => Sample.Context(
        new PlannedStep
        {
            Key = "wait",
            Kind = "wait",
            Target = "t",
            Action = "a",
            Input = JsonSerializer.SerializeToNode(
                new PodWait
                {
                    Cluster = "https://cluster.test:6443",
                    Namespace = "prod",
                    Release = "db",
                    Product = ScalarProduct.Server,
                    Deployment = "db-scalardb",
                    Replicas = replicas,
                    StableFor = TimeSpan.FromSeconds(60),
                    Timeout = TimeSpan.FromMinutes(5),
                },
                PlanJson.Options)!.AsObject(),
        },
        clock: clock,
        log: log,
        fractions: fractions);
}
