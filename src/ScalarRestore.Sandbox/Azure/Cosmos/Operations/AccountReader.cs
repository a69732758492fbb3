using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>Reads what a call says about an account.</summary>
internal static partial class AccountReader
{
    private static readonly string[] Consistencies = ["Eventual", "Session", "BoundedStaleness", "Strong", "ConsistentPrefix"];

    // Not settable as such: told from elsewhere, or read on their own.
    private static readonly HashSet<string> Other = new(StringComparer.OrdinalIgnoreCase)
    {
        "locations", "createMode", "restoreParameters", "provisioningState", "documentEndpoint", "instanceId", "readLocations",
        "writeLocations", "failoverPolicies", "keysMetadata", "privateEndpointConnections", "apiProperties", "databaseAccountOfferType",
    };

    public static CosmosAccount Get(ArmCall call) => call.Azure.Cosmos.Find(call["account"], call["group"])
        ?? throw ArmErrors.ResourceNotFound(CosmosJson.AccountType, call["account"], call["group"]);

    /// <summary>An account that databases can be read from: while it is being created there is none.</summary>
    public static CosmosAccount GetOpen(ArmCall call) => Get(call) is { State: not "Creating" } account
        ? account
        : throw CosmosErrors.AccountNotThere(call["account"]);

    public static SqlDatabase GetDatabase(ArmCall call, CosmosAccount account) =>
        account.Find(call["database"], call.Now) ?? throw CosmosErrors.NotFound("Database", call["database"]);

    public static SqlContainer GetContainer(ArmCall call, SqlDatabase database) =>
        database.Find(call["container"], call.Now) ?? throw CosmosErrors.NotFound("Container", call["container"]);

    public static void RefuseBadName(string name)
    {
        if (!Name().IsMatch(name))
            throw ArmErrors.BadRequest(
                $"Database account name '{name}' is not valid: it takes 3 to 44 lower-case letters, digits and hyphens.");
    }

    /// <summary>The changes that can be laid over an account's properties.</summary>
    public static JsonObject Changes(JsonObject properties)
    {
        var changes = new JsonObject();
        foreach (var (name, value) in properties)
        {
            if (name.Length > 0 && !Other.Contains(name) && value is not null)
                changes[char.ToLowerInvariant(name[0]) + name[1..]] = value.DeepClone();
        }

        if (changes.Object("consistencyPolicy").Text("defaultConsistencyLevel") is { } level)
            changes["consistencyPolicy"]!["defaultConsistencyLevel"] =
                Array.Find(Consistencies, c => string.Equals(c, level, StringComparison.OrdinalIgnoreCase))
                ?? throw ArmErrors.BadRequest($"Invalid value '{level}' for defaultConsistencyLevel.");

        if (changes.Text("minimalTlsVersion") is { } tls and not ("Tls" or "Tls11" or "Tls12"))
            throw ArmErrors.BadRequest($"Invalid value '{tls}' for minimalTlsVersion.");

        if (changes.Text("publicNetworkAccess") is { } access and not ("Enabled" or "Disabled" or "SecuredByPerimeter"))
            throw ArmErrors.BadRequest($"Invalid value '{access}' for publicNetworkAccess.");

        if (changes.Object("backupPolicy") is { } policy)
            changes["backupPolicy"] = BackupPolicy(policy);

        return changes;
    }

    /// <summary>The regions asked for; null where nothing is said of them.</summary>
    public static IReadOnlyList<(string Name, int Priority, bool IsZoneRedundant)>? Regions(JsonObject properties)
    {
        if (properties.Array("locations") is null)
            return null;

        var regions = properties.Objects("locations").Select((l, i) => (
            Name: l.Text("locationName") is { } name && AzureLocations.IsKnown(name)
                ? AzureLocations.DisplayName(name)
                : throw ArmErrors.BadRequest($"The location '{l.Text("locationName")}' is not valid."),
            Priority: l.Number("failoverPriority") ?? i,
            IsZoneRedundant: l.Flag("isZoneRedundant") ?? false)).ToArray();
        if (regions.Length == 0 || regions.Count(r => r.Priority == 0) != 1)
            throw ArmErrors.BadRequest("Exactly one location must have the failover priority 0.");

        return regions;
    }

    private static JsonObject BackupPolicy(JsonObject policy)
    {
        switch (policy.Text("type"))
        {
            case "Continuous":
                var tier = policy.Object("continuousModeProperties").Text("tier") ?? "Continuous30Days";
                return tier is "Continuous7Days" or "Continuous30Days"
                    ? CosmosDefaults.Continuous(tier)
                    : throw ArmErrors.BadRequest($"Invalid value '{tier}' for the tier of continuous backups.");
            case "Periodic":
                return policy.Copy();
            default:
                throw ArmErrors.BadRequest("The type of the backup policy must be Periodic or Continuous.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,42}[a-z0-9]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
