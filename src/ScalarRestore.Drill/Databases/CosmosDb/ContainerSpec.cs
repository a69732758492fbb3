using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>A container as ScalarDB's Schema Loader makes it.</summary>
/// <param name="Database">The database: ScalarDB's namespace.</param>
/// <param name="Name">The container: ScalarDB's table.</param>
internal sealed record ContainerSpec(string Database, string Name)
{
    /// <summary>The procedure that ScalarDB writes everything by.</summary>
    public const string Mutate = "mutate.js";

    /// <summary>Whether it tells of the tables, and has no procedure.</summary>
    public bool IsMetadata => this is { Database: "scalardb", Name: "metadata" };

    /// <summary>Database and container.</summary>
    public string Path => $"{Database}/{Name}";

    /// <summary>What the sandbox is to make. A time to live on one of them is seen only if a restore loses it.</summary>
    public JsonObject ToSeed()
    {
        var resource = new JsonObject
        {
            ["partitionKey"] = new JsonObject { ["paths"] = new JsonArray(IsMetadata ? "/id" : "/concatenatedPartitionKey"), ["kind"] = "Hash" },
            ["indexingPolicy"] = new JsonObject
            {
                ["indexingMode"] = "consistent",
                ["automatic"] = true,
                ["includedPaths"] = new JsonArray(new JsonObject { ["path"] = "/concatenatedPartitionKey/?" }),
                ["excludedPaths"] = new JsonArray(new JsonObject { ["path"] = "/*" }),
            },
        };
        if (Name is "t1" or "asset_lock")
        {
            resource["defaultTtl"] = -1;
        }

        var seed = new JsonObject { ["resource"] = resource };
        if (!IsMetadata)
        {
            seed["procedures"] = new JsonObject { [Mutate] = "function mutate(operations) { /* ScalarDB's */ }" };
        }

        return seed;
    }
}
