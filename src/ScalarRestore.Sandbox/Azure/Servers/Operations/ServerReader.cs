using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>Reads what a call says about a server.</summary>
internal static partial class ServerReader
{
    private static readonly string[] Settable =
    [
        "administratorLogin", "version", "availabilityZone", "storage", "backup", "network", "highAvailability", "maintenanceWindow",
        "authConfig", "dataEncryption",
    ];

    public static FlexibleServer Get(ArmCall call, ServerEngine engine) => call.Azure.Servers(engine).Find(call["server"], call["group"])
        ?? throw ArmErrors.ResourceNotFound(engine.ServerType, call["server"], call["group"]);

    /// <summary>The changes that can be laid over a server's properties.</summary>
    public static JsonObject Changes(ServerEngine engine, JsonObject properties)
    {
        var changes = new JsonObject();
        foreach (var name in Settable)
        {
            if (properties.Member(name) is { } value)
                changes[name] = value.DeepClone();
        }

        if (changes.Text("version") is { } version && !IsKnown(engine, version))
            throw ServerErrors.Invalid($"The version '{version}' is not supported.");

        if (changes.Object("backup").Number("backupRetentionDays") is { } days and (< 1 or > 35))
            throw ServerErrors.Invalid($"The backup retention must be between 1 and 35 days, not {days}.");

        if (changes.Object("backup") is { } backup)
            backup.Remove("earliestRestoreDate");

        if (changes.Object("highAvailability") is { } availability)
        {
            availability.Remove("state");
            if (availability.Text("mode") is not (null or "Disabled" or "SameZone" or "ZoneRedundant"))
                throw ServerErrors.Invalid($"The mode '{availability.Text("mode")}' of high availability is not supported.");
        }

        return changes;
    }

    public static void RefuseBadName(string name)
    {
        if (!Name().IsMatch(name))
            throw new ArmException(400, "InvalidServerName", $"'{name}' is not a valid server name: it takes 3 to 63 lower-case letters, digits and hyphens.");
    }

    private static bool IsKnown(ServerEngine engine, string version) =>
        engine.Versions.Any(v => v == version || v.StartsWith(version + ".", StringComparison.Ordinal));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
