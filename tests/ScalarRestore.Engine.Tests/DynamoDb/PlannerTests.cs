using System.Text.Json;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Tests.DynamoDb;

public sealed class PlannerTests
{
    private static readonly DynamoDbTimings Timings = new();

    [Fact]
    public void The_steps_of_a_table_are_these()
    {
        var steps = All([Facts.Table("app.orders", Facts.Full)]);
        Assert.Equal(
            [
                "copy:app.orders <- []",
                "backup:app.orders <- [copy:app.orders]",
                "check:app.orders <- [copy:app.orders]",
                "safety:app.orders <- []",
                "delete:app.orders <- [safety:app.orders]",
                "restore:app.orders <- [delete:app.orders]",
                "reapply:app.orders <- [restore:app.orders]",
                "verify:app.orders <- [restore:app.orders]",
                "timetolive:app.orders <- [reapply:app.orders,verify:app.orders]",
                "cleanup:app.orders <- [reapply:app.orders,verify:app.orders,timetolive:app.orders]",
            ],
            steps.Select(s => $"{s.Key} <- [{string.Join(',', s.DependsOn)}]"));
        Assert.Equal(["delete:app.orders"], steps.Where(s => s.Irreversible).Select(s => s.Key));
        Assert.Equal(["check:app.orders", "verify:app.orders"], steps.Where(s => s.ReadOnly).Select(s => s.Key));
        Assert.Equal(["copy:app.orders", "restore:app.orders"], steps.Where(s => s.Limit == "dynamodb-restore:123456789012/ap-northeast-1").Select(s => s.Key));
        Assert.Equal(
            ["backup", "safety", "delete", "reapply", "timetolive", "cleanup"],
            steps.Where(s => s.Limit == "dynamodb-table:123456789012/ap-northeast-1").Select(s => s.Key.Split(':')[0]));
        Assert.All(steps, s => Assert.Equal("arn:aws:dynamodb:ap-northeast-1:123456789012:table/app.orders", s.Target));
        Assert.All(steps, s => Assert.Equal($"dynamodb.{s.Key[..s.Key.IndexOf(':', StringComparison.Ordinal)]}", s.Kind));
        Assert.All(steps, s => Assert.True(s.Estimate > TimeSpan.Zero));
    }

    [Fact]
    public void The_words_name_the_things()
    {
        var steps = All([Facts.Table("app.orders", Facts.Full)]).ToDictionary(s => s.Key.Split(':')[0], s => s.Action, StringComparer.Ordinal);
        Assert.Equal("restore app.orders as of 2026-01-01 12:30:15Z to the new table scalarrestore-20260102-030405-abcd-app.orders", steps["copy"]);
        Assert.Equal("delete the live table app.orders (id id-of-app.orders)", steps["delete"]);
        Assert.Equal(
            "put back the settings of app.orders: capacity, point-in-time recovery, stream, 2 tags, resource policy, Kinesis destination, contributor insights, automatic scaling, deletion protection",
            steps["reapply"]);
    }

    [Fact]
    public void Declined_steps_are_left_out()
    {
        var intent = Facts.Intent with { SkipSafetyBackup = true, SkipTimeToLive = true };
        var swap = DynamoDbPlanner.SwapSteps([Facts.Table("t.t", Facts.Full)], intent, Timings);
        Assert.DoesNotContain(swap, s => s.Kind is "dynamodb.timetolive" or "dynamodb.safety");
        Assert.Empty(swap.Single(s => s.Kind == "dynamodb.delete").DependsOn);
    }

    [Fact]
    public void The_live_table_is_backed_up_behind_the_gate()
    {
        Assert.DoesNotContain(DynamoDbPlanner.CopySteps([Facts.Table("t.t")], Facts.Intent, Timings), s => s.Kind == "dynamodb.safety");
        Assert.Empty(DynamoDbPlanner.SwapSteps([Facts.Table("t.t")], Facts.Intent, Timings).Single(s => s.Kind == "dynamodb.safety").DependsOn);
    }

    [Fact]
    public void A_plan_is_the_same_each_time_and_whatever_counts_and_sizes_say()
    {
        var first = JsonSerializer.Serialize(All([Facts.Table("a.b", Facts.Full)]), PlanJson.Options);
        var second = JsonSerializer.Serialize(All([Facts.Table("a.b", Facts.Full, bytes: 4096)]), PlanJson.Options);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Inputs_survive_being_written_and_read()
    {
        var step = All([Facts.Table("a.b", Facts.Full)]).Single(s => s.Kind == "dynamodb.reapply");
        var read = JsonSerializer.Deserialize<PlannedStep>(JsonSerializer.Serialize(step, PlanJson.Options), PlanJson.Options)!;
        var input = read.Input.Deserialize<ReapplyInput>(PlanJson.Options)!;
        Assert.Empty(SettingsDiff.Compare(Facts.Full, input.Facts, timeToLive: true));
        Assert.Equal(Facts.Intent.Timeout, input.Timeout);
        Assert.Equal("id-of-a.b", input.Table.Id);
    }

    [Fact]
    public void Tables_of_one_name_in_two_regions_have_keys_of_their_own()
    {
        CapturedTable[] tables = [Facts.Table("a.b"), Facts.Table("a.b", region: "us-east-1")];
        var keys = All(tables).Select(s => s.Key).ToList();
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("copy:us-east-1/a.b", keys);
        Assert.Equal(6, DynamoDbPlanner.Limits(tables).Count);
    }

    [Fact]
    public void Bigger_tables_are_expected_to_take_longer_to_read()
    {
        var small = Check(Facts.Table("a.b"));
        Assert.Equal(TimeSpan.FromMinutes(1), small);
        Assert.True(Check(Facts.Table("a.b", bytes: 1L << 40)) > small);
        Assert.True(Check(Facts.Table("a.b", Facts.Full, bytes: 1L << 30)) > Check(Facts.Table("a.b", bytes: 1L << 30)));

        static TimeSpan Check(CapturedTable t) => All([t]).Single(s => s.Kind == "dynamodb.check").Estimate;
    }

    [Fact]
    public void Names_fit_and_stay_apart()
    {
        var run = Facts.Intent.RunId;
        var (a, b) = (new string('t', 250) + "a", new string('t', 250) + "b");
        Assert.Equal(255, DynamoDbNames.Copy(run, a).Length);
        Assert.NotEqual(DynamoDbNames.Copy(run, a), DynamoDbNames.Copy(run, b));
        Assert.Equal(DynamoDbNames.Copy(run, a), DynamoDbNames.Copy(run, a));
        Assert.Matches(@"\A[a-zA-Z0-9_.-]{3,255}\z", DynamoDbNames.Copy(run, a));
        Assert.NotEqual(DynamoDbNames.CopyBackup(run), DynamoDbNames.SafetyBackup(run));
    }

    [Fact]
    public void Names_of_a_later_plan_of_a_run_are_legal_and_its_own()
    {
        var (first, second) = (Facts.Intent.RunId, $"{Facts.Intent.RunId}.2");
        foreach (var table in (string[])["app.orders", new string('t', 255)])
        {
            Assert.NotEqual(DynamoDbNames.Copy(first, table), DynamoDbNames.Copy(second, table));
            Assert.Matches(@"\A[a-zA-Z0-9_.-]{3,255}\z", DynamoDbNames.Copy(second, table));
            Assert.StartsWith(DynamoDbNames.Prefix, DynamoDbNames.Copy(second, table), StringComparison.Ordinal);
        }

        Assert.NotEqual(DynamoDbNames.SafetyBackup(first), DynamoDbNames.SafetyBackup(second));
        Assert.Matches(@"\A[a-zA-Z0-9_.-]{3,255}\z", DynamoDbNames.SafetyBackup(second));
        Assert.Matches(@"\A[a-zA-Z0-9_.-]{3,255}\z", DynamoDbNames.CopyBackup(second));
    }

    [Fact]
    public void The_allowed_clock_skew_is_part_of_the_plan()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Skew(Facts.Intent));
        Assert.Equal(TimeSpan.FromMinutes(2), Skew(Facts.Intent with { ClockSkew = TimeSpan.FromMinutes(2) }));

        static TimeSpan Skew(Engine.Databases.RestoreIntent intent) =>
            DynamoDbPlanner.CopySteps([Facts.Table("t.t")], intent, Timings).Single(s => s.Kind == "dynamodb.check").Input.Deserialize<CheckInput>(PlanJson.Options)!.ClockSkew;
    }

    private static IReadOnlyList<PlannedStep> All(IReadOnlyList<CapturedTable> tables) =>
        [.. DynamoDbPlanner.CopySteps(tables, Facts.Intent, Timings), .. DynamoDbPlanner.SwapSteps(tables, Facts.Intent, Timings)];
}
