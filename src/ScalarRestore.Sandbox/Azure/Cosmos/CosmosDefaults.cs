using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Cosmos;

/// <summary>What an account has where nothing is said.</summary>
internal static class CosmosDefaults
{
    /// <summary>The properties of a new account, and of a restored one: TLS 1.0 and everybody let in (Azure/azure-rest-api-specs#27596;
    /// domain/azure.md, section 1.4).</summary>
    public static JsonObject Properties(bool isRestore) => new()
    {
        ["publicNetworkAccess"] = "Enabled",
        ["enableAutomaticFailover"] = false,
        ["enableMultipleWriteLocations"] = false,
        ["enablePartitionKeyMonitor"] = false,
        ["isVirtualNetworkFilterEnabled"] = false,
        ["virtualNetworkRules"] = new JsonArray(),
        ["disableKeyBasedMetadataWriteAccess"] = false,
        ["enableFreeTier"] = false,
        ["enableAnalyticalStorage"] = false,
        ["analyticalStorageConfiguration"] = new JsonObject { ["schemaType"] = "WellDefined" },
        ["databaseAccountOfferType"] = "Standard",
        ["defaultIdentity"] = "FirstPartyIdentity",
        ["networkAclBypass"] = "None",
        ["networkAclBypassResourceIds"] = new JsonArray(),
        ["disableLocalAuth"] = false,
        ["enablePartitionMerge"] = false,
        ["enableBurstCapacity"] = false,
        ["minimalTlsVersion"] = isRestore ? "Tls" : "Tls12",
        ["consistencyPolicy"] = new JsonObject
        {
            ["defaultConsistencyLevel"] = "Session", ["maxIntervalInSeconds"] = 5, ["maxStalenessPrefix"] = 100,
        },
        ["configurationOverrides"] = new JsonObject(),
        ["cors"] = new JsonArray(),
        ["capabilities"] = new JsonArray(),
        ["ipRules"] = new JsonArray(),
        ["capacity"] = new JsonObject { ["totalThroughputLimit"] = -1 },
        ["backupPolicy"] = isRestore ? Continuous("Continuous30Days") : new JsonObject
        {
            ["type"] = "Periodic",
            ["periodicModeProperties"] = new JsonObject
            {
                ["backupIntervalInMinutes"] = 240, ["backupRetentionIntervalInHours"] = 8, ["backupStorageRedundancy"] = "Geo",
            },
        },
    };

    public static JsonObject Continuous(string tier) => new()
    {
        ["type"] = "Continuous",
        ["continuousModeProperties"] = new JsonObject { ["tier"] = tier },
    };

    /// <summary>What a container is defined as where only its id and partition key are given.</summary>
    public static JsonObject Container() => new()
    {
        ["indexingPolicy"] = new JsonObject
        {
            ["indexingMode"] = "consistent",
            ["automatic"] = true,
            ["includedPaths"] = new JsonArray(new JsonObject { ["path"] = "/*" }),
            ["excludedPaths"] = new JsonArray(new JsonObject { ["path"] = "/\"_etag\"/?" }),
        },
        ["conflictResolutionPolicy"] = new JsonObject
        {
            ["mode"] = "LastWriterWins", ["conflictResolutionPath"] = "/_ts", ["conflictResolutionProcedure"] = "",
        },
    };
}
