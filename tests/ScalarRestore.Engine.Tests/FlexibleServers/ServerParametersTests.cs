using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases.FlexibleServers;

namespace ScalarRestore.Engine.Tests.FlexibleServers;

/// <summary>Parameters as MySQL (texts) and PostgreSQL (true and false) tell them.</summary>
public sealed class ServerParametersTests
{
    private static readonly JsonObject[] Configurations =
    [
        One("time_zone", "+09:00", "user-override", "False", "False"),
        One("wait_timeout", "600", "system-default", "False", "False"),
        One("lower_case_table_names", "2", "user-override", "True", "False"),
        One("performance_schema", "ON", "user-override", "False", "True"),
        One("azure.extensions", "", "user-override", isReadOnly: false, isPending: true),
        One("version", "16", "user-override", isReadOnly: true, isPending: false),
    ];

    [Fact]
    public void Only_what_somebody_has_set_and_what_can_be_set_is_taken() =>
        Assert.Equal(["azure.extensions=", "performance_schema=ON", "time_zone=+09:00"], ServerParameters.SetByUser(Configurations).Select(one => $"{one.Key}={one.Value}"));

    [Fact]
    public void What_waits_for_a_restart_is_known_in_both_ways_of_writing() => Assert.Equal(["azure.extensions", "performance_schema"], ServerParameters.Pending(Configurations));

    [Fact]
    public void Values_are_compared_without_case_and_what_is_missing_differs()
    {
        var wanted = new Dictionary<string, string> { ["performance_schema"] = "on", ["wait_timeout"] = "900", ["gone"] = "1", ["azure.extensions"] = "" };
        Assert.Equal(["gone", "wait_timeout"], ServerParameters.Different(wanted, Configurations).Keys);
    }

    [Fact]
    public void One_call_sets_many() => Assert.Equal(
        """{"value":[{"name":"wait_timeout","properties":{"value":"900","source":"user-override"}}],"resetAllToDefault":"False"}""",
        ServerParameters.Body(new Dictionary<string, string> { ["wait_timeout"] = "900" }).ToJsonString());

    private static JsonObject One(string name, string value, string source, JsonNode isReadOnly, JsonNode isPending) => new()
    {
        ["name"] = name,
        ["properties"] = new JsonObject { ["value"] = value, ["source"] = source, ["isReadOnly"] = isReadOnly, ["isConfigPendingRestart"] = isPending },
    };
}
