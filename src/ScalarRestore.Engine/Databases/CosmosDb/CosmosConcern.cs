using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>
/// Properties of an account that are changed by one call. The service refuses some together: "Cannot update continuous backup mode and other
/// properties at the same time" (github.com/Azure/bicep/issues/15109).
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="Properties">Their names.</param>
internal sealed record CosmosConcern(string Name, IReadOnlyList<string> Properties)
{
    /// <summary>What ScalarDB needs: its clients ask for it, and none may ask for more than the account's default.</summary>
    public const string Strong = "Strong";

    private const string ConsistencyPolicy = "consistencyPolicy";
    private const string MinimalTls = "minimalTlsVersion";
    private const string Tls12 = "Tls12";

    // What an account has where nothing is said; so that an absent value equals a written default.
    private static readonly IReadOnlyDictionary<string, string> Defaults = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["isVirtualNetworkFilterEnabled"] = "false", ["networkAclBypass"] = "\"None\"", ["publicNetworkAccess"] = "\"Enabled\"", ["disableLocalAuth"] = "false",
        ["disableKeyBasedMetadataWriteAccess"] = "false", ["enableAutomaticFailover"] = "false", ["enableBurstCapacity"] = "false", ["enablePartitionMerge"] = "false",
    };

    /// <summary>
    /// All that a restore does not take from the source (Azure Cosmos DB, "Continuous backup: what is not restored"), in the order in which it is
    /// put back: what workloads need first, and the network closed until its rules are there.
    /// </summary>
    public static IReadOnlyList<CosmosConcern> All { get; } =
    [
        new("consistency", [ConsistencyPolicy]),
        new("network", [MinimalTls, "isVirtualNetworkFilterEnabled", "ipRules", "virtualNetworkRules", "networkAclBypass", "networkAclBypassResourceIds", "publicNetworkAccess"]),
        new("CORS", ["cors"]),
        new("access", ["disableLocalAuth", "disableKeyBasedMetadataWriteAccess"]),
        new("failover", ["enableAutomaticFailover"]),
        new("capacity", ["capacity", "enableBurstCapacity", "enablePartitionMerge"]),
        new("backup policy", ["backupPolicy"]),
    ];

    /// <summary>What an account shall have again, of all concerns: as it is, but Strong, and no older TLS than 1.2.</summary>
    public static JsonObject Wanted(JsonObject properties)
    {
        var wanted = new JsonObject();
        foreach (var name in All.SelectMany(concern => concern.Properties))
        {
            if (Settable(name, properties[name]) is { } value)
                wanted[name] = value;
        }

        wanted[ConsistencyPolicy] = new JsonObject { ["defaultConsistencyLevel"] = Strong };
        wanted[MinimalTls] = Tls12;
        return wanted;
    }

    /// <summary>The names of this concern's properties that are not as they shall be.</summary>
    public IReadOnlyList<string> Differences(JsonObject wanted, JsonObject now) =>
        [.. Properties.Where(name => Canonical(name, wanted[name]) != Canonical(name, Settable(name, now[name])))];

    /// <summary>The change that puts this concern back, whole.</summary>
    public JsonObject Change(JsonObject wanted)
    {
        var properties = new JsonObject();
        foreach (var name in Properties)
        {
            if (wanted[name] is { } value)
                properties[name] = value.DeepClone();
        }

        return new JsonObject { ["properties"] = properties };
    }

    /// <summary>What of a value can be set; the rest is told by the service alone.</summary>
    private static JsonNode? Settable(string name, JsonNode? value) => (name, value) switch
    {
        (_, null) => null,
        (ConsistencyPolicy, JsonObject policy) => new JsonObject { ["defaultConsistencyLevel"] = policy["defaultConsistencyLevel"]?.DeepClone() },
        ("backupPolicy", JsonObject policy) => new JsonObject
        {
            ["type"] = policy["type"]?.DeepClone(),
            ["continuousModeProperties"] = new JsonObject { ["tier"] = (policy["continuousModeProperties"] as JsonObject)?["tier"]?.DeepClone() ?? "Continuous30Days" },
        },
        ("virtualNetworkRules", JsonArray rules) => new JsonArray(
        [
            .. rules.OfType<JsonObject>().Select(rule => new JsonObject
            {
                ["id"] = rule["id"]?.DeepClone(), ["ignoreMissingVNetServiceEndpoint"] = rule["ignoreMissingVNetServiceEndpoint"]?.DeepClone() ?? false,
            }),
        ]),
        _ => value.DeepClone(),
    };

    private static string Canonical(string name, JsonNode? value) => value switch
    {
        null => Defaults.GetValueOrDefault(name, ""),
        JsonArray { Count: 0 } => "",
        JsonArray list => string.Join('\n', list.Select(one => Plain(one)).Order(StringComparer.OrdinalIgnoreCase)),
        _ => Plain(value),
    };

    private static string Plain(JsonNode? value) => value switch
    {
        JsonObject members => $"{{{string.Join(',', members.Where(member => member.Value is not null).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Plain(member.Value)}"))}}}",
        null => "",
        _ => value.ToJsonString(),
    };
}
