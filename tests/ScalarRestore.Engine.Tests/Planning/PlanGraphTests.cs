using CsCheck;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Tests.Planning;

public sealed class PlanGraphTests
{
    [Fact]
    public void All_faults_of_a_plan_are_told_at_once()
    {
        var faults = PlanValidator.Validate([Steps.Make("a"), Steps.Make("a"), Steps.Make("b", -1), Steps.Make("c", after: "nowhere")]);

        Assert.Collection(
            faults,
            fault => Assert.Contains("two steps have the key 'a'", fault, StringComparison.Ordinal),
            fault => Assert.Contains("'b' has a negative estimate", fault, StringComparison.Ordinal),
            fault => Assert.Contains("'c' depends on 'nowhere'", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cycle_is_named_step_by_step()
    {
        var fault = Assert.Single(PlanValidator.Validate([Steps.Make("a", after: "c"), Steps.Make("b", after: "a"), Steps.Make("c", after: "b")]));

        Assert.Contains("a → c → b → a", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_critical_path_is_the_longest_chain()
    {
        var graph = new PlanGraph([Steps.Make("a", 5), Steps.Make("b", 2, null, "a"), Steps.Make("c", 9), Steps.Make("d", 3, null, "b", "c")]);

        Assert.Equal(TimeSpan.FromSeconds(12), graph.CriticalPath);
        Assert.Equal(TimeSpan.FromSeconds(10), graph.RemainingFrom("a"));
    }

    [Fact]
    public void A_chain_of_ten_thousand_steps_is_no_problem()
    {
        var steps = Enumerable.Range(0, 10_000).Select(i => Steps.Make($"s{i}", 1, null, i == 0 ? [] : [$"s{i - 1}"]));

        Assert.Equal(TimeSpan.FromSeconds(10_000), new PlanGraph(steps).CriticalPath);
    }

    [Fact]
    public void A_full_limit_makes_the_estimate_longer_than_the_critical_path()
    {
        var steps = Enumerable.Range(0, 4).Select(i => Steps.Make($"s{i}", 10, "few")).ToList();
        var plan = PlanBuilder.Build(RestorePhase.Restoring, steps, Steps.Limit("few", 2));

        Assert.Equal(TimeSpan.FromSeconds(10), plan.CriticalPath);
        Assert.Equal(TimeSpan.FromSeconds(20), plan.Estimate);
    }

    [Fact]
    public void The_digest_does_not_depend_on_the_order_of_the_steps_and_changes_with_each_of_them()
    {
        var a = Steps.Make("a");
        var b = Steps.Make("b");
        string Digest(params PlannedStep[] steps) => PlanBuilder.Build(RestorePhase.Restoring, steps, Steps.NoLimits).Digest;

        Assert.Equal(Digest(a, b), Digest(b, a));
        Assert.NotEqual(Digest(a, b), Digest(a, b with { Target = "another" }));
        Assert.Equal(64, Digest(a).Length);
        Assert.Equal(Digest(a), Digest(a with { Estimate = TimeSpan.FromHours(1) }));
    }

    [Fact]
    public void The_digest_does_not_depend_on_the_run_that_copies_are_named_after()
    {
        string Digest(string runId) => PlanBuilder.Build(
            RestorePhase.Restoring, [Steps.Make("copy") with { Target = $"scalarrestore-{runId}-t" }], Steps.NoLimits, runId).Digest;

        Assert.Equal(Digest("20260101-000000-abcd"), Digest("20260202-111111-ef01"));
    }

    [Fact]
    public void Any_plan_is_ordered_after_its_dependencies_and_never_estimated_below_its_bounds()
    {
        Gen.Int[1, 40].SelectMany(count =>
                Gen.Select(Gen.Int[0, 100].Array[count], Gen.Bool.Array[count * count], Gen.Int[1, 4]))
            .Sample((seconds, edges, most) =>
            {
                var count = seconds.Length;
                var steps = Enumerable.Range(0, count)
                    .Select(i => Steps.Make(
                        $"s{i}", seconds[i], i % 2 == 0 ? "few" : null, [.. Enumerable.Range(0, i).Where(j => edges[(i * count) + j]).Select(j => $"s{j}")]))
                    .Reverse()
                    .ToList();
                var plan = PlanBuilder.Build(RestorePhase.Restoring, steps, Steps.Limit("few", most));

                var position = plan.Steps.Select((step, index) => (step.Key, index)).ToDictionary(item => item.Key, item => item.index);
                Assert.All(plan.Steps, step => Assert.All(step.DependsOn, dependency => Assert.True(position[dependency] < position[step.Key])));
                Assert.True(plan.Estimate >= plan.CriticalPath);
                var limited = plan.Steps.Where(step => step.Limit is not null).Sum(step => step.Estimate.TotalSeconds);
                Assert.True(plan.Estimate.TotalSeconds >= (limited / most) - 0.001);
                Assert.True(plan.Estimate.TotalSeconds <= steps.Sum(step => step.Estimate.TotalSeconds) + 0.001);
            });
    }
}
