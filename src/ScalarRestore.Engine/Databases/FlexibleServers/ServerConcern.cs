using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Settings of a server that lie in one of its properties and are changed by one call.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Property">The property.</param>
/// <param name="Members">What of it can be set.</param>
internal sealed record ServerConcern(string Name, string Property, IReadOnlyList<string> Members)
{
    /// <summary>Who may sign in and how, which administrators of Microsoft Entra need first.</summary>
    public static ServerConcern Authentication { get; } = new("authentication", "authConfig", ["activeDirectoryAuth", "passwordAuth", "tenantId"]) { IsWhole = true };

    /// <summary>When Azure may patch.</summary>
    public static ServerConcern MaintenanceWindow { get; } = new("maintenance window", "maintenanceWindow", ["customWindow", "dayOfWeek", "startHour", "startMinute"]) { IsWhole = true };

    /// <summary>How Azure patches; MySQL.</summary>
    public static ServerConcern MaintenancePolicy { get; } = new("maintenance policy", "maintenancePolicy", ["patchStrategy"]);

    /// <summary>How long backups are kept. Where they lie is chosen by the restore itself, since PostgreSQL cannot change it afterwards.</summary>
    public static ServerConcern Backups { get; } = new("backups", "backup", ["backupRetentionDays", "backupIntervalHours"]);

    /// <summary>How the storage grows and how fast it is. Its size is the source's at the restore point.</summary>
    public static ServerConcern Storage { get; } = new("storage", "storage", ["autoGrow", "autoIoScaling", "iops", "throughput", "tier"]);

    /// <summary>Whether there is a standby. Slow, and so last.</summary>
    public static ServerConcern HighAvailability { get; } = new("high availability", "highAvailability", ["mode", "standbyAvailabilityZone"]) { IsWhole = true };

    /// <summary>Those that are put back after the administrators and before <see cref="HighAvailability"/>, in this order (domain/azure.md, section 3.1).</summary>
    public static IReadOnlyList<ServerConcern> Later { get; } = [MaintenanceWindow, MaintenancePolicy, Backups, Storage];

    /// <summary>All.</summary>
    public static IReadOnlyList<ServerConcern> All { get; } = [Authentication, .. Later, HighAvailability];

    // What a server has where nothing is said; so that an absent value equals a written default.
    private static readonly IReadOnlyDictionary<string, string> Defaults = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["customWindow"] = "Disabled", ["dayOfWeek"] = "0", ["startHour"] = "0", ["startMinute"] = "0", ["mode"] = "Disabled", ["autoGrow"] = "Disabled", ["autoIoScaling"] = "Disabled",
    };

    /// <summary>Whether its members are set together, because one means nothing without the others.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What a server shall have again, of all concerns.</summary>
    public static JsonObject Wanted(JsonObject properties)
    {
        var wanted = new JsonObject();
        foreach (var concern in All)
        {
            var value = new JsonObject();
            foreach (var member in concern.Members)
            {
                if ((properties[concern.Property] as JsonObject)?[member] is JsonValue set)
                    value[member] = set.DeepClone();
            }

            if (value.Count > 0)
                wanted[concern.Property] = value;
        }

        // Performance that scales by itself is not set beside.
        if (wanted["storage"] is JsonObject storage && Plain(storage, "autoIoScaling") == "Enabled")
            storage.Remove("iops");

        // A standby's zone means nothing where there is none.
        if (wanted["highAvailability"] is JsonObject availability && Plain(availability, "mode") == "Disabled")
            availability.Remove("standbyAvailabilityZone");

        return wanted;
    }

    /// <summary>Whether there shall be a standby.</summary>
    public static bool IsHighlyAvailable(JsonObject wanted) => Plain(wanted["highAvailability"] as JsonObject, "mode") != "Disabled";

    /// <summary>The names of the members that are not as they shall be. What the source does not tell is not compared.</summary>
    public IReadOnlyList<string> Differences(JsonObject wanted, JsonObject now) => wanted[Property] is JsonObject shall
        ? [.. shall.Select(member => member.Key).Where(member => !string.Equals(Plain(shall, member), Plain(now[Property] as JsonObject, member), StringComparison.OrdinalIgnoreCase))]
        : [];

    /// <summary>The change that puts it back.</summary>
    public JsonObject Change(JsonObject wanted, IReadOnlyList<string> different)
    {
        var shall = (JsonObject)wanted[Property]!;
        return new JsonObject
        {
            ["properties"] = new JsonObject
            {
                [Property] = new JsonObject(shall.Where(member => IsWhole || different.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
            },
        };
    }

    /// <summary>What differs, in words.</summary>
    public IEnumerable<string> Words(JsonObject wanted, JsonObject now) => Differences(wanted, now)
        .Select(member => $"{Name}: {member} is {Shown(now[Property] as JsonObject, member)} instead of {Shown(wanted[Property] as JsonObject, member)}");

    private static string Plain(JsonObject? value, string member) => value?[member]?.ToString() is { Length: > 0 } text ? text : Defaults.GetValueOrDefault(member, "");

    private static string Shown(JsonObject? value, string member) => Plain(value, member) is { Length: > 0 } text ? text : "not set";
}
