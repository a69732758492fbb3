using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.FlexibleServers;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Tests.FlexibleServers;

/// <summary>Captured servers as steps.</summary>
public sealed class FlexiblePlannerTests
{
    private static readonly RestoreIntent Intent = new() { RunId = "20260101-000000-ab12", RestoreTime = new DateTimeOffset(2026, 6, 27, 5, 9, 9, TimeSpan.Zero), Timeout = TimeSpan.FromHours(6) };

    [Theory]
    [InlineData("ZoneRedundant", "restore reapply availability verify")]
    [InlineData("Disabled", "restore reapply verify")]
    public void Steps_follow_each_other_and_a_standby_comes_last(string mode, string verbs)
    {
        var steps = FlexiblePlanner.CopySteps(Server(mode), Intent, new FlexibleTimings());
        Assert.Equal(verbs.Split(' ').Select(verb => $"mysql.{verb}"), steps.Select(step => step.Kind));
        Assert.Empty(steps[0].DependsOn);
        Assert.All(steps.Skip(1).Zip(steps), pair => Assert.Equal([pair.Second.Key], pair.First.DependsOn));
        Assert.Equal([steps[^1].Key], steps.Where(step => step.ReadOnly).Select(step => step.Key));
        Assert.All(steps, step => Assert.False(step.Irreversible));
        Assert.All(steps, step => Assert.Equal("mysql:s", step.Limit));
        Assert.Equal(steps.Count, steps.Select(step => step.Key).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_plan_of_the_same_server_is_the_same_plan() =>
        Assert.Equal(Written(Server("SameZone")), Written(Server("SameZone")));

    [Fact]
    public void A_step_is_read_from_the_plan_as_it_was_written()
    {
        var step = FlexiblePlanner.CopySteps(Server("SameZone"), Intent, new FlexibleTimings())[1];
        var input = JsonNode.Parse(step.Input.ToJsonString())!.Deserialize<ServerSettingsInput>(PlanJson.Options)!;
        Assert.Equal(new FirewallRule("203.0.113.7", "203.0.113.9"), input.Settings.FirewallRules["office"]);
        Assert.Equal("ON", input.Settings.Parameters["performance_schema"]);
        Assert.Equal("dba", (string?)input.Settings.Administrators["ActiveDirectory"]["login"]);
        Assert.Equal($"/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforMySQL/flexibleServers/{input.Target}", input.TargetId);
        Assert.Equal(step.Input.ToJsonString(), JsonSerializer.SerializeToNode(input, PlanJson.Options)!.ToJsonString());
    }

    [Fact]
    public void An_endpoint_is_told_only_after_the_last_look()
    {
        var steps = FlexiblePlanner.CopySteps(Server("Disabled"), Intent, new FlexibleTimings());
        var plan = new RestorePlan { Phase = RestorePhase.Restoring, Steps = steps, Limits = new Dictionary<string, int>(), Digest = "", CriticalPath = TimeSpan.Zero, Estimate = TimeSpan.Zero };
        var before = Assert.Single(FlexibleDescription.Of(FlexibleEngine.MySql, plan, _ => null));
        Assert.False(before.Verified);
        Assert.Empty(before.Endpoints);
        Assert.Null(before.NewResourceId);
        Assert.Empty(FlexibleDescription.Of(FlexibleEngine.PostgreSql, plan, _ => null));

        var seen = JsonSerializer.SerializeToNode(new VerifiedServer { Name = "orders-2", Host = "orders-2.mysql.database.azure.com", Drift = ["x"] }, PlanJson.Options)!.AsObject();
        var after = Assert.Single(FlexibleDescription.Of(FlexibleEngine.MySql, plan, key => key == steps[^1].Key ? seen : null));
        Assert.True(after.Verified);
        Assert.Equal(["orders.mysql.database.azure.com -> orders-2.mysql.database.azure.com"], after.Endpoints.Select(change => change.ToString()));
        Assert.Equal(["x"], after.Drift);
    }

    private static string Written(RestorableServer server) =>
        string.Concat(FlexiblePlanner.CopySteps(server, Intent, new FlexibleTimings()).Select(step => JsonSerializer.Serialize(step, PlanJson.Options)));

    private static RestorableServer Server(string mode) => new()
    {
        Source = FlexibleNamesTests.Input("orders").Source,
        Target = FlexibleNames.Restored(Intent.RunId, "orders"),
        Shape = new JsonObject { ["location"] = "japaneast", ["properties"] = new JsonObject() },
        Hosts = ["orders.mysql.database.azure.com"],
        Settings = new ServerSettings
        {
            Parameters = new Dictionary<string, string> { ["performance_schema"] = "ON" },
            FirewallRules = new Dictionary<string, FirewallRule> { ["office"] = new("203.0.113.7", "203.0.113.9") },
            Tags = new Dictionary<string, string> { ["team"] = "orders" },
            Administrators = new Dictionary<string, JsonObject> { ["ActiveDirectory"] = new() { ["login"] = "dba" } },
            Wanted = new JsonObject { ["highAvailability"] = new JsonObject { ["mode"] = mode } },
        },
    };
}
