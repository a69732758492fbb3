using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Azure;

namespace ScalarRestore.Drill.Databases.FlexibleServers;

/// <summary>Servers on which everything is otherwise than a new one has it: what a restore forgets is then seen.</summary>
internal static class ServerSeed
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(2);

    /// <summary>What the sandbox is to make.</summary>
    public static JsonObject Of(AzureSource source, bool isMySql, DateTimeOffset now)
    {
        var properties = new JsonObject
        {
            ["availabilityZone"] = "2",
            ["maintenanceWindow"] = new JsonObject { ["customWindow"] = "Enabled", ["dayOfWeek"] = 3, ["startHour"] = 4, ["startMinute"] = 30 },
            ["backup"] = new JsonObject { ["backupRetentionDays"] = 21, ["geoRedundantBackup"] = "Enabled" },
            ["storage"] = isMySql ? new JsonObject { ["autoGrow"] = "Disabled", ["autoIoScaling"] = "Enabled" } : new JsonObject { ["autoGrow"] = "Enabled" },
            ["highAvailability"] = new JsonObject { ["mode"] = "ZoneRedundant", ["standbyAvailabilityZone"] = "3" },
        };
        if (!isMySql)
        {
            properties["authConfig"] = new JsonObject { ["activeDirectoryAuth"] = "Enabled", ["passwordAuth"] = "Enabled", ["tenantId"] = "tttt" };
        }

        return new JsonObject
        {
            ["group"] = AzureKind.Group,
            ["location"] = AzureKind.Location,
            ["createdAt"] = (now - Age).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["tags"] = new JsonObject { ["team"] = source.Release.Name, ["cost"] = "42" },
            ["properties"] = properties,
            ["firewallRules"] = new JsonObject { ["office"] = Range("203.0.113.7", "203.0.113.9"), ["cluster"] = Range("198.51.100.1", "198.51.100.1") },
            ["configurations"] = isMySql
                ? new JsonObject { ["time_zone"] = "+09:00", ["wait_timeout"] = "600", ["performance_schema"] = "ON" }
                : new JsonObject { ["max_connections"] = "200", ["work_mem"] = "8192", ["azure.extensions"] = "pgcrypto" },
            ["administrators"] = isMySql
                ? new JsonObject { ["ActiveDirectory"] = new JsonObject { ["administratorType"] = "ActiveDirectory", ["login"] = "dba", ["sid"] = "aaaa", ["tenantId"] = "tttt" } }
                : new JsonObject { ["oid-1"] = new JsonObject { ["objectId"] = "oid-1", ["principalType"] = "Group", ["principalName"] = "dba", ["tenantId"] = "tttt" } },
            ["databases"] = new JsonObject(source.Tables.GroupBy(table => table.Database, StringComparer.Ordinal).Select(group => KeyValuePair.Create(
                group.Key, (JsonNode?)new JsonObject(group.Select(table => KeyValuePair.Create(table.Name, (JsonNode?)new JsonObject())))))),
        };
    }

    private static JsonObject Range(string start, string end) => new() { ["startIpAddress"] = start, ["endIpAddress"] = end };
}
