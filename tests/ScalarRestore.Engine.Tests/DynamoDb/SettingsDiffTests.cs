using ScalarRestore.Engine.Databases;
using System.Text.Json;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Tests.DynamoDb;

public sealed class SettingsDiffTests
{
    /// <summary>Each setting as a restore leaves it.</summary>
    private static readonly Dictionary<string, Func<TableFacts, TableFacts>> Dropped = new(StringComparer.Ordinal)
    {
        [nameof(Setting.Structure)] = f => f with { Structure = "keys(pk:S HASH)" },
        [nameof(Setting.PointInTimeRecovery)] = f => f with { PointInTimeRecovery = false },
        ["PointInTimeRecovery period"] = f => f with { RecoveryDays = 35 },
        [nameof(Setting.BillingMode)] = f => f with { BillingMode = "PAY_PER_REQUEST" },
        [nameof(Setting.Throughput)] = f => f with { Capacity = f.Capacity with { Write = 5 } },
        ["Throughput of an index"] = f => f with { Indexes = new SortedDictionary<string, Capacity>(StringComparer.Ordinal) { ["byOwner"] = new() { Read = 5, Write = 25 } } },
        [nameof(Setting.OnDemandLimit)] = f => f with { Capacity = f.Capacity with { MaxRead = 7 } },
        [nameof(Setting.WarmThroughput)] = f => f with { Capacity = f.Capacity with { WarmRead = null } },
        [nameof(Setting.TableClass)] = f => f with { TableClass = "STANDARD" },
        [nameof(Setting.Encryption)] = f => f with { KmsKeyArn = null },
        [nameof(Setting.Stream)] = f => f with { StreamView = null },
        [nameof(Setting.Tags)] = f => f with { Tags = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["team"] = "ledger" } },
        [nameof(Setting.ResourcePolicy)] = f => f with { Policy = null },
        [nameof(Setting.StreamPolicy)] = f => f with { StreamPolicy = null },
        [nameof(Setting.Kinesis)] = f => f with { Kinesis = new SortedDictionary<string, string>(StringComparer.Ordinal) },
        [nameof(Setting.ContributorInsights)] = f => f with { Insights = new SortedDictionary<string, string>(StringComparer.Ordinal) { [""] = "" } },
        [nameof(Setting.TimeToLive)] = f => f with { TimeToLiveAttribute = null },
        [nameof(Setting.ScalingPolicy)] = f => f with { ScalingPolicies = [] },
        [nameof(Setting.ScheduledAction)] = f => f with { ScheduledActions = [] },
        [nameof(Setting.ScalingTarget)] = f => f with { ScalingTargets = [] },
        ["ScalingTarget suspended"] = f => f with { ScalingTargets = [SettingsApplier.Suspended(f.ScalingTargets[0])] },
        [nameof(Setting.DeletionProtection)] = f => f with { DeletionProtection = false },
    };

    public static TheoryData<string> Names => [.. Dropped.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_setting_that_is_lost_is_found(string name)
    {
        var drift = Assert.Single(SettingsDiff.Compare(Facts.Full, Dropped[name](Facts.Full), timeToLive: true));
        Assert.StartsWith(drift.Setting.ToString(), name, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_covered_by_this_test() =>
        Assert.Equal(Enum.GetNames<Setting>().Order(StringComparer.Ordinal), Dropped.Keys.Where(k => !k.Contains(' ', StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void What_was_captured_survives_being_written_and_read()
    {
        var text = JsonSerializer.Serialize(Facts.Full, PlanJson.Options);
        var read = JsonSerializer.Deserialize<TableFacts>(text, PlanJson.Options)!;
        Assert.Empty(SettingsDiff.Compare(Facts.Full, read, timeToLive: true));
        Assert.Equal(text, JsonSerializer.Serialize(read, PlanJson.Options));
    }

    [Fact]
    public void Drift_comes_in_the_order_of_putting_back()
    {
        var drifts = SettingsDiff.Compare(Facts.Full, Facts.Plain, timeToLive: true).Select(d => d.Setting).ToList();
        Assert.Equal(drifts.Order(), drifts);
        Assert.Equal(Setting.DeletionProtection, drifts[^1]);
        Assert.True(drifts.IndexOf(Setting.ScalingPolicy) < drifts.IndexOf(Setting.ScalingTarget));
        Assert.True(drifts.IndexOf(Setting.Stream) < drifts.IndexOf(Setting.StreamPolicy));
    }

    [Fact]
    public void Time_to_live_is_left_out_when_told() =>
        Assert.Empty(SettingsDiff.Compare(Facts.Full, Facts.Full with { TimeToLiveAttribute = null }, timeToLive: false));

    [Fact]
    public void Json_is_compared_as_trees()
    {
        var other = Facts.Full with
        {
            Policy = """{ "Statement": [], "Version": "2012-10-17" }""",
            ScalingPolicies = [Facts.Body("""{"ScalableDimension":"dynamodb:table:ReadCapacityUnits","ResourceId":"table/t","PolicyName":"p","TargetTrackingScalingPolicyConfiguration":{"TargetValue":70}}""")],
        };
        Assert.Empty(SettingsDiff.Compare(Facts.Full, other, timeToLive: true));
    }

    [Fact]
    public void A_stream_policy_follows_its_stream()
    {
        var moved = Facts.Full with { StreamArn = "arn:new", StreamPolicy = """{"Statement":[{"Resource":"arn:new"}]}""" };
        Assert.Empty(SettingsDiff.Compare(Facts.Full, moved, timeToLive: true));
    }

    [Fact]
    public void More_warmth_than_before_is_no_drift() =>
        Assert.Empty(SettingsDiff.Compare(Facts.Full, Facts.Full with { Capacity = Facts.Full.Capacity with { WarmRead = 99_999 } }, timeToLive: true));

    [Fact]
    public void A_table_is_not_taken_for_its_index()
    {
        var all = new ScalingFacts
        {
            Targets = [Target("table/t"), Target("table/t/index/i"), Target("table/t2"), Target("table/t/index/i2")],
        };
        Assert.Equal(["table/t", "table/t/index/i"], all.Of("t", ["i"]).Targets.Select(t => ScalingFacts.Text(t, "ResourceId")));

        static System.Text.Json.Nodes.JsonObject Target(string id) => new() { ["ResourceId"] = id };
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(400, true)]
    [InlineData(3, false)]
    [InlineData(401, false)]
    public void Throughput_within_the_bounds_is_scalings_business(long read, bool holds) =>
        Assert.Equal(holds, ScalingBounds.Hold(Facts.Full, Facts.Full with { Capacity = Facts.Full.Capacity with { Read = read } }, ""));
}
