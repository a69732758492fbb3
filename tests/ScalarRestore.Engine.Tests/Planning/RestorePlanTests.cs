using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Planning;

/// <summary>Restores of several kinds of databases to one point.</summary>
public class RestorePlanTests
{
    [Fact]
    public void What_is_restored_beside_its_source_holds_nobody_up()
    {
        var tables = new Capture(DatabaseKind.DynamoDB, [Steps.Make("copy:a", 60), Steps.Make("copy:b", 90)], [Steps.Make("delete:a", 5), Steps.Make("restore:a", 60, null, "delete:a")]);
        var account = new Capture(DatabaseKind.CosmosDB, [Steps.Make("account:x", 140)], []);

        var plan = PlanBuilder.BuildRestore([tables, account], "run");

        var gate = Assert.Single(plan.Steps, step => step.Kind == GateHandler.StepKind);
        Assert.Equal("gate", gate.Key);
        Assert.Equal(["copy:a", "copy:b"], gate.DependsOn.Order(StringComparer.Ordinal));
        Assert.Equal(["gate"], plan.Steps.Single(step => step.Key == "delete:a").DependsOn);

        // As long as the slowest kind alone.
        Assert.Equal(TimeSpan.FromSeconds(90 + 5 + 60), plan.CriticalPath);
        Assert.Equal(plan.CriticalPath, plan.Estimate);
    }

    [Fact]
    public void All_that_changes_what_is_live_waits_for_one_gate_that_asks_once()
    {
        var tables = new Capture(DatabaseKind.DynamoDB, [Steps.Make("copy:a")], [Steps.Make("delete:a")], "delete a");
        var servers = new Capture(DatabaseKind.RDS, [Steps.Make("copy:s")], [Steps.Make("rename:s")], "rename s");
        var account = new Capture(DatabaseKind.CosmosDB, [Steps.Make("account:x")], []);

        var plan = PlanBuilder.BuildRestore([tables, servers, account], "run");

        var gate = Assert.Single(plan.Steps, step => step.Kind == GateHandler.StepKind);
        Assert.Equal(["copy:a", "copy:s"], gate.DependsOn.Order(StringComparer.Ordinal));
        Assert.All((string[])["delete:a", "rename:s"], key => Assert.Equal(["gate"], plan.Steps.Single(step => step.Key == key).DependsOn));
        Assert.Contains("delete a; rename s", gate.Action, StringComparison.Ordinal);
        Assert.DoesNotContain("CosmosDB", gate.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_live_changes_one_gate_waits_for_all()
    {
        var plan = PlanBuilder.BuildRestore([new Capture(DatabaseKind.RDS, [Steps.Make("copy:s")], []), new Capture(DatabaseKind.CosmosDB, [Steps.Make("account:x")], [])], "run");

        Assert.Equal(["account:x", "copy:s"], plan.Steps.Single(step => step.Kind == GateHandler.StepKind).DependsOn.Order(StringComparer.Ordinal));
    }

    private sealed class Capture(DatabaseKind kind, IReadOnlyList<PlannedStep> copies, IReadOnlyList<PlannedStep> swaps, string? deletions = null) : IDatabaseCapture
    {
        public IReadOnlyList<ScalarDatabase> Databases { get; } = [new ScalarDatabase { Kind = kind, Account = "a", Region = "r", Identifier = kind.ToString() }];

        public IReadOnlyList<string> Warnings => [];

        public IReadOnlyDictionary<string, int> Limits => Steps.NoLimits;

        public IReadOnlyList<PlannedStep> CopySteps => copies;

        public IReadOnlyList<PlannedStep> SwapSteps => swaps;

        public string? DeletionSentence => deletions;
    }
}
