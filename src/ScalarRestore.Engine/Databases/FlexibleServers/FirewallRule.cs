using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>A range of addresses that a server lets in.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The last.</param>
internal sealed record FirewallRule(string Start, string End)
{
    /// <summary>The rules of a list, by name.</summary>
    public static IReadOnlyDictionary<string, FirewallRule> Read(IEnumerable<JsonObject> rules) => new SortedDictionary<string, FirewallRule>(
        rules.Select(rule => (Name: ArmJson.Text(rule, "name"), Start: ArmJson.Text(rule, "properties", "startIpAddress"), End: ArmJson.Text(rule, "properties", "endIpAddress")))
            .Where(rule => rule is { Name: not null, Start: not null, End: not null })
            .ToDictionary(rule => rule.Name!, rule => new FirewallRule(rule.Start!, rule.End!), StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>The body that sets it.</summary>
    public JsonObject Body() => new() { ["properties"] = new JsonObject { ["startIpAddress"] = Start, ["endIpAddress"] = End } };

    /// <inheritdoc/>
    public override string ToString() => $"{Start}-{End}";
}
