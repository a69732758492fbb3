using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Workloads;
using System.Text.Json;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class WorkloadPlannerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    private static readonly IReadOnlyList<RunWorkload> All =
    [
        Sample.Workload("ledger", ScalarProduct.Ledger),
        Sample.Workload("auditor", ScalarProduct.Auditor),
        Sample.Workload("db", ScalarProduct.Server, 5),
    ];

    [Fact]
    public void Auditors_are_gone_before_Ledgers_stop()
    {
        var steps = WorkloadPlanner.StopSteps(All, Timeout).ToDictionary(step => step.Key, StringComparer.Ordinal);

        Assert.Equal(6, steps.Count);
        Assert.Equal(["drained:prod/auditor"], steps["scale-in:prod/ledger"].DependsOn);
        Assert.Empty(steps["scale-in:prod/auditor"].DependsOn);
        Assert.Empty(steps["scale-in:prod/db"].DependsOn);
        Assert.Equal(["scale-in:prod/ledger"], steps["drained:prod/ledger"].DependsOn);
        Assert.Equal("https://cluster.test:6443 prod/db", steps["scale-in:prod/db"].Target);
        Assert.Equal(0, steps["scale-in:prod/db"].Input.Deserialize<ReleaseScale>(PlanJson.Options)!.Replicas);
        Assert.Equal(Timeout, steps["drained:prod/db"].Input.Deserialize<PodWait>(PlanJson.Options)!.Timeout);
    }

    [Fact]
    public void Ledgers_are_ready_before_Auditors_start()
    {
        var steps = WorkloadPlanner.StartSteps(All, TimeSpan.FromMinutes(1), Timeout).ToDictionary(step => step.Key, StringComparer.Ordinal);

        Assert.Equal(["ready:prod/ledger"], steps["scale-out:prod/auditor"].DependsOn);
        Assert.Empty(steps["scale-out:prod/ledger"].DependsOn);
        Assert.Empty(steps["scale-out:prod/db"].DependsOn);
        Assert.Equal(5, steps["scale-out:prod/db"].Input.Deserialize<ReleaseScale>(PlanJson.Options)!.Replicas);
        var wait = steps["ready:prod/db"].Input.Deserialize<PodWait>(PlanJson.Options)!;
        Assert.Equal((5, TimeSpan.FromMinutes(1)), (wait.Replicas, wait.StableFor));
        Assert.All(steps.Values, step => Assert.NotEmpty(step.Action));
    }

    [Fact]
    public void Keys_tell_the_cluster_where_a_run_has_several()
    {
        RunWorkload In(string cluster, ScalarProduct product) => All[0] with { Before = All[0].Before with { Cluster = cluster, Product = product } };
        var steps = WorkloadPlanner.StopSteps(
            [In("https://a.test", ScalarProduct.Ledger), In("https://b.test:6443", ScalarProduct.Auditor), In("https://b.test:6443/k8s/c-2/", ScalarProduct.Server)], Timeout)
            .ToDictionary(step => step.Key, StringComparer.Ordinal);

        Assert.Equal(6, steps.Count);
        Assert.Equal(["drained:b.test:6443/prod/ledger"], steps["scale-in:a.test:443/prod/ledger"].DependsOn);
        Assert.Equal(["scale-in:b.test:6443/k8s/c-2/prod/ledger"], steps["drained:b.test:6443/k8s/c-2/prod/ledger"].DependsOn);
        Assert.Equal("https://a.test", (string?)steps["scale-in:a.test:443/prod/ledger"].Input["cluster"]);
        Assert.Equal("https://b.test:6443", (string?)steps["drained:b.test:6443/prod/ledger"].Input["cluster"]);
    }

    [Fact]
    public void No_workload_never_means_all() =>
        Assert.Equal("NoWorkloads", Assert.Throws<RestoreException>(() => WorkloadPreflight.Check([], ignoreBlockers: true)).Id);

    [Fact]
    public void All_faults_are_told_at_once_and_blockers_may_be_ignored()
    {
        var blocked = All[2].Before with { Blockers = ["HorizontalPodAutoscaler 'db'"] };
        var pending = All[0].Before with { ReleaseStatus = "pending-upgrade" };

        var fault = Assert.Throws<RestoreException>(() => WorkloadPreflight.Check([blocked, pending], ignoreBlockers: false));

        Assert.Equal(["WorkloadBlocked", "ReleasePending"], fault.Faults.Select(f => f.Id));
        Assert.Single(WorkloadPreflight.Check([blocked], ignoreBlockers: true));
        Assert.Equal("WorkloadBlocked", Assert.Throws<RestoreException>(() => WorkloadPreflight.Check([blocked], ignoreBlockers: false)).Id);
    }
}
