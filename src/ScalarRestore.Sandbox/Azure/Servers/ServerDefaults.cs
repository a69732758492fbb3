using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>What a server has where nothing is said.</summary>
internal static class ServerDefaults
{
    public static JsonObject Sku(ServerEngine engine) => new()
    {
        ["name"] = engine.IsMySql ? "Standard_B1ms" : "Standard_D2s_v3",
        ["tier"] = engine.IsMySql ? "Burstable" : "GeneralPurpose",
    };

    public static JsonObject Properties(ServerEngine engine)
    {
        var properties = new JsonObject
        {
            ["version"] = engine.IsMySql ? "8.0.21" : "16",
            ["availabilityZone"] = "1",
            ["storage"] = engine.IsMySql
                ? new JsonObject
                {
                    ["storageSizeGB"] = 32,
                    ["iops"] = 360,
                    ["autoGrow"] = "Enabled",
                    ["autoIoScaling"] = "Disabled",
                    ["storageSku"] = "Premium_LRS",
                }
                : new JsonObject { ["storageSizeGB"] = 128, ["type"] = "", ["autoGrow"] = "Disabled", ["tier"] = "P10", ["iops"] = 500 },
            ["backup"] = new JsonObject { ["backupRetentionDays"] = 7, ["geoRedundantBackup"] = "Disabled" },
            ["network"] = new JsonObject { ["publicNetworkAccess"] = "Enabled" },
            ["highAvailability"] = HighAvailability(),
            ["maintenanceWindow"] = MaintenanceWindow(),
        };
        if (!engine.IsMySql)
        {
            properties["minorVersion"] = "4";
            properties["dataEncryption"] = new JsonObject { ["type"] = "SystemManaged" };
            properties["authConfig"] = new JsonObject { ["activeDirectoryAuth"] = "Disabled", ["passwordAuth"] = "Enabled" };
        }

        return properties;
    }

    public static JsonObject HighAvailability() => new() { ["mode"] = "Disabled", ["state"] = "NotEnabled" };

    public static JsonObject MaintenanceWindow() => new()
    {
        ["customWindow"] = "Disabled", ["dayOfWeek"] = 0, ["startHour"] = 0, ["startMinute"] = 0,
    };
}
