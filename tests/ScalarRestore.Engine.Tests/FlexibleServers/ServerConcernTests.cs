using System.Text.Json.Nodes;
using CsCheck;
using ScalarRestore.Engine.Databases.FlexibleServers;

namespace ScalarRestore.Engine.Tests.FlexibleServers;

/// <summary>Settings of servers: what differs, and what puts it back.</summary>
public sealed class ServerConcernTests
{
    private static readonly Gen<JsonObject> Servers =
        from window in Gen.Select(Gen.OneOf("Enabled", "Disabled"), Gen.Int[0, 6])
        from storage in Gen.Select(Gen.OneOf("Enabled", "Disabled"), Gen.OneOf("Enabled", "Disabled"), Gen.Int[360, 400])
        from mode in Gen.OneOf("Disabled", "SameZone", "ZoneRedundant")
        from days in Gen.Int[1, 35]
        select new JsonObject
        {
            ["maintenanceWindow"] = new JsonObject { ["customWindow"] = window.Item1, ["dayOfWeek"] = window.Item2, ["startHour"] = 0, ["startMinute"] = 0 },
            ["storage"] = new JsonObject { ["storageSizeGB"] = 32, ["autoGrow"] = storage.Item1, ["autoIoScaling"] = storage.Item2, ["iops"] = storage.Item3, ["storageSku"] = "Premium_LRS" },
            ["highAvailability"] = new JsonObject { ["mode"] = mode, ["state"] = "Healthy" },
            ["backup"] = new JsonObject { ["backupRetentionDays"] = days, ["earliestRestoreDate"] = "2026-01-01T00:00:00.0000000+00:00" },
        };

    [Fact]
    public void Each_change_mends_its_own_concern_and_no_other() => Gen.Select(Servers, Servers).Sample((source, other) =>
    {
        var (wanted, now) = (ServerConcern.Wanted(source), other.DeepClone().AsObject());
        foreach (var concern in ServerConcern.All)
        {
            if (concern.Differences(wanted, now) is not { Count: > 0 } different)
                continue;

            var before = ServerConcern.All.Where(one => one != concern).Select(one => string.Join(',', one.Words(wanted, now))).ToList();
            var change = concern.Change(wanted, different)["properties"]!.AsObject();
            Assert.Equal([concern.Property], change.Select(member => member.Key));
            foreach (var (member, value) in change[concern.Property]!.AsObject())
                now[concern.Property]![member] = value!.DeepClone();

            Assert.Empty(concern.Differences(wanted, now));
            Assert.Equal(before, ServerConcern.All.Where(one => one != concern).Select(one => string.Join(',', one.Words(wanted, now))));
        }

        Assert.All(ServerConcern.All, concern => Assert.Empty(concern.Words(wanted, now)));
    });

    [Fact]
    public void A_server_does_not_differ_from_itself() => Servers.Sample(server => Assert.All(ServerConcern.All, concern => Assert.Empty(concern.Differences(ServerConcern.Wanted(server), server))));

    [Fact]
    public void What_the_service_alone_tells_is_never_set()
    {
        var wanted = ServerConcern.Wanted(JsonNode.Parse("""{"storage":{"storageSizeGB":64,"autoGrow":"Enabled","autoIoScaling":"Enabled","iops":900},"highAvailability":{"mode":"Disabled","state":"NotEnabled","standbyAvailabilityZone":"2"},"backup":{"earliestRestoreDate":"x"}}""")!.AsObject());
        Assert.Equal("""{"storage":{"autoGrow":"Enabled","autoIoScaling":"Enabled"},"highAvailability":{"mode":"Disabled"}}""", wanted.ToJsonString());
        Assert.False(ServerConcern.IsHighlyAvailable(wanted));
        Assert.False(ServerConcern.IsHighlyAvailable([]));
    }

    [Fact]
    public void Only_what_differs_of_the_storage_is_sent_and_a_window_is_sent_whole()
    {
        var wanted = JsonNode.Parse("""{"storage":{"autoGrow":"Enabled","tier":"P10"},"maintenanceWindow":{"customWindow":"Enabled","dayOfWeek":3,"startHour":4,"startMinute":30}}""")!.AsObject();
        var now = JsonNode.Parse("""{"storage":{"autoGrow":"Disabled","tier":"P10"},"maintenanceWindow":{"customWindow":"Enabled","dayOfWeek":2,"startHour":4,"startMinute":30}}""")!.AsObject();
        Assert.Equal("""{"properties":{"storage":{"autoGrow":"Enabled"}}}""", ServerConcern.Storage.Change(wanted, ServerConcern.Storage.Differences(wanted, now)).ToJsonString());
        Assert.Equal(
            """{"properties":{"maintenanceWindow":{"customWindow":"Enabled","dayOfWeek":3,"startHour":4,"startMinute":30}}}""",
            ServerConcern.MaintenanceWindow.Change(wanted, ServerConcern.MaintenanceWindow.Differences(wanted, now)).ToJsonString());
        Assert.Equal(["maintenance window: dayOfWeek is 2 instead of 3"], ServerConcern.MaintenanceWindow.Words(wanted, now));
    }
}
