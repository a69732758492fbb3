using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>Servers and what belongs to them as the services tell them (domain/azure.md, sections 2 and 3).</summary>
internal static class ServerJson
{
    public static string Id(AzureSubscription azure, FlexibleServer server) =>
        $"{azure.GroupId(server.Group)}/providers/{server.Engine.ServerType}/{server.Name}";

    public static JsonObject Describe(AzureSubscription azure, FlexibleServer server, DateTimeOffset now)
    {
        var properties = server.Properties.Copy();
        properties["state"] = server.State;
        properties["fullyQualifiedDomainName"] = server.Name + server.Engine.HostSuffix;
        properties["replicationRole"] = server.ReplicaOf is not null ? "Replica"
            : azure.Servers(server.Engine).Seen.Any(s => s.ReplicaOf == Id(azure, server)) ? server.Engine.IsMySql ? "Source" : "Primary"
            : server.Engine.IsMySql ? "None" : "Primary";
        properties["replicaCapacity"] = server.Engine.IsMySql ? 10 : 5;
        if (server.ReplicaOf is { } source)
            properties["sourceServerResourceId"] = source;

        if (server.EarliestRestore(now) is { } earliest)
            properties["backup"]!["earliestRestoreDate"] = AzureTime.Offset(earliest);

        properties["privateEndpointConnections"] = server.PrivateEndpoints.Copy();
        var json = new JsonObject
        {
            ["id"] = Id(azure, server),
            ["name"] = server.Name,
            ["type"] = server.Engine.ServerType,
            ["location"] = AzureLocations.DisplayName(server.Location),
            ["sku"] = server.Sku.Copy(),
            ["systemData"] = new JsonObject { ["createdAt"] = AzureTime.Fine(server.CreatedAt) },
            ["properties"] = properties,
        };
        if (server.Tags.Count > 0)
            json["tags"] = JsonNodes.Of(server.Tags);

        if (server.Identity is { } identity)
            json["identity"] = identity.Copy();

        return json;
    }

    public static JsonObject Firewall(AzureSubscription azure, FlexibleServer server, string name) => Child(
        azure, server, "firewallRules", name, new JsonObject
        {
            ["startIpAddress"] = server.FirewallRules[name].Start,
            ["endIpAddress"] = server.FirewallRules[name].End,
        });

    /// <summary>A parameter. What is true or false is a text for MySQL.</summary>
    public static JsonObject Parameter(AzureSubscription azure, FlexibleServer server, ServerParameter parameter)
    {
        var set = server.Parameters.GetValueOrDefault(parameter.Name);
        var value = set?.Value ?? parameter.Default;
        var properties = new JsonObject
        {
            ["value"] = value,
            ["description"] = $"The parameter {parameter.Name}.",
            ["defaultValue"] = parameter.Default,
            ["dataType"] = parameter.DataType,
            ["allowedValues"] = parameter.Allowed,
            ["source"] = set is null ? "system-default" : "user-override",
            ["isReadOnly"] = Flag(parameter.IsReadOnly),
            ["isDynamicConfig"] = Flag(parameter.IsDynamic),
            ["isConfigPendingRestart"] = Flag(set?.IsPendingRestart is true),
        };
        if (server.Engine.IsMySql)
            properties["currentValue"] = set?.IsPendingRestart is true ? parameter.Default : value;

        return Child(azure, server, "configurations", parameter.Name, properties);

        JsonNode Flag(bool flag) => server.Engine.IsMySql ? flag ? "True" : "False" : flag;
    }

    public static JsonObject Administrator(AzureSubscription azure, FlexibleServer server, string name) =>
        Child(azure, server, "administrators", name, server.Administrators[name].Copy());

    public static JsonObject Database(AzureSubscription azure, FlexibleServer server, string name, string charset, string collation) =>
        Child(azure, server, "databases", name, new JsonObject { ["charset"] = charset, ["collation"] = collation });

    public static JsonObject Backup(AzureSubscription azure, FlexibleServer server, DateTimeOffset at) => Child(
        azure, server, "backups", string.Create(CultureInfo.InvariantCulture, $"backup_{at.UtcTicks}"), new JsonObject
        {
            ["backupType"] = server.Engine.IsMySql ? "FULL" : "Full",
            ["completedTime"] = AzureTime.Offset(at),
            ["source"] = "Automatic",
        });

    private static JsonObject Child(
        AzureSubscription azure, FlexibleServer server, string kind, string name, JsonObject properties) => new()
    {
        ["id"] = $"{Id(azure, server)}/{kind}/{name}",
        ["name"] = name,
        ["type"] = $"{server.Engine.ServerType}/{kind}",
        ["properties"] = properties,
    };
}
