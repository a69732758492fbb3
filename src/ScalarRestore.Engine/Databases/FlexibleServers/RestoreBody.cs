using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>
/// The body of a restore: PUT of a server with createMode PointInTimeRestore. (MySQL and PostgreSQL resource providers, Servers_Create;
/// domain/azure.md, sections 2 and 3.) Compute size and storage are the source's where nothing is said. Pure.
/// </summary>
internal static class RestoreBody
{
    private static readonly string[] KeyMembers =
    [
        "type", "primaryKeyURI", "primaryUserAssignedIdentityId", "geoBackupKeyURI", "geoBackupUserAssignedIdentityId",
    ];

    /// <summary>What follows from the source: network, zone, encryption, and where PostgreSQL keeps backups.</summary>
    public static JsonObject Shape(FlexibleEngine engine, JsonObject server)
    {
        var source = ArmJson.Properties(server);
        var properties = new JsonObject();
        if (ArmJson.Text(source, "availabilityZone") is { } zone)
            properties["availabilityZone"] = zone;

        var network = source["network"] as JsonObject;
        properties["network"] = FlexibleJson.IsPrivate(server)
            ? FlexibleJson.Pick(network, ["delegatedSubnetResourceId", engine.ZoneProperty])
            : FlexibleJson.Pick(network, ["publicNetworkAccess"]);

        // MySQL can change it afterwards, and takes it from the source; PostgreSQL has to be told, and cannot be told later.
        if (engine == FlexibleEngine.PostgreSql && ArmJson.Text(source, "backup", "geoRedundantBackup") is { } redundancy)
            properties["backup"] = new JsonObject { ["geoRedundantBackup"] = redundancy };

        var body = new JsonObject { ["location"] = ArmJson.Region(ArmJson.Text(server, "location")!), ["properties"] = properties };
        if (ArmJson.Text(source, "dataEncryption", "type") == "AzureKeyVault")
        {
            properties["dataEncryption"] = FlexibleJson.Pick(source["dataEncryption"] as JsonObject, KeyMembers);
            body["identity"] = FlexibleJson.UserIdentities(server);
        }

        return body;
    }

    /// <summary>The whole of it.</summary>
    public static JsonObject Of(RestoreServerInput input)
    {
        var body = input.Shape.DeepClone().AsObject();
        var properties = (JsonObject)body["properties"]!;
        properties["createMode"] = "PointInTimeRestore";
        properties["sourceServerResourceId"] = input.Source.ResourceId;
        properties[input.Source.Engine.TimeProperty] = input.RestoreTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        body["tags"] = new JsonObject(AzureRunTags.Of(input.Tags, input.RunId, input.RestoreTime, input.Source.Name).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        return body;
    }
}
