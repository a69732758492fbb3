using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Aws.Rds.Model;
using ScalarRestore.Sandbox.Aws.Rds.Operations;

namespace ScalarRestore.Sandbox.Control;

/// <summary>The state of RDS: everything as its own answers tell it, and what AWS would not tell.</summary>
internal static class RdsDump
{
    // New in every run, or moving with the clock.
    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal)
    {
        "InstanceCreateTime", "ClusterCreateTime", "EarliestRestorableTime", "LatestRestorableTime", "RestoreWindow", "DbiResourceId",
        "DbClusterResourceId", "CloneGroupId", "DBInstanceAutomatedBackupsArn", "DBClusterEndpointResourceIdentifier", "SecretArn",
    };

    public static JsonObject Region(RdsRegion region, bool includeVolatile)
    {
        lock (region.Lock)
        {
            var now = region.Advance();
            var dump = new JsonObject
            {
                ["account"] = region.Account,
                ["region"] = region.Region,
                ["instances"] = List(region.Instances.Values, i => Extended(InstanceXml.Describe(region, i, now), i)),
                ["clusters"] = List(region.Clusters.Values, c => Extended(ClusterXml.Describe(region, c, now), c)),
                ["endpoints"] = List(
                    region.Endpoints.Values, e => Json(RdsXml.Element("Endpoint", ClusterXml.Endpoint(region, e)), includeVolatile)!),
                ["retainedBackups"] = List(
                    region.Retained.Values.OrderBy(i => i.Id, StringComparer.Ordinal),
                    i => Json(InstanceXml.Backup(region, i, now), includeVolatile)!),

                // The defaults are always the same.
                ["subnetGroups"] = List(
                    region.SubnetGroups.Values, g => Tagged(Json(GroupXml.Subnets(g), includeVolatile)!, g.Tags)),
                ["parameterGroups"] = List(
                    region.ParameterGroups.Values.Where(g => IsOwn(g.Name)),
                    g => Tagged(Json(GroupXml.Parameters(g), includeVolatile)!, g.Tags)),
                ["clusterParameterGroups"] = List(
                    region.ClusterParameterGroups.Values.Where(g => IsOwn(g.Name)),
                    g => Tagged(Json(GroupXml.ClusterParameters(g), includeVolatile)!, g.Tags)),
                ["optionGroups"] = List(
                    region.OptionGroups.Values.Where(g => IsOwn(g.Name)), g => Tagged(Json(GroupXml.Options(g), includeVolatile)!, g.Tags)),
                ["keys"] = new JsonObject(region.Keys.Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value))),
            };
            if (includeVolatile)
                dump["events"] = List(region.Events, e => $"{RdsXml.Text(e.At)} {e.SourceType} {e.SourceId} {e.Category}: {e.Message}");

            return dump;

            JsonNode Extended(XElement described, RdsDatabase database)
            {
                var json = Json(described, includeVolatile)!.AsObject();
                json["reachable"] = database.IsReachable;
                json["origin"] = database.Origin;
                json["restoredFrom"] = database.RestoredFrom?.Source;
                if (includeVolatile)
                    json["restoredTo"] = database.RestoredFrom?.AsOf;

                return json;
            }
        }
    }

    private static bool IsOwn(string name) => !name.StartsWith("default", StringComparison.Ordinal);

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> dump) => new([.. items.Select(dump)]);

    private static JsonNode Tagged(JsonNode dump, SortedDictionary<string, string> tags)
    {
        dump["Tags"] = new JsonObject(tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value)));
        return dump;
    }

    private static JsonNode? Json(XElement element, bool includeVolatile)
    {
        if (RdsXml.IsList(element))
            return new JsonArray([.. element.Elements().Select(e => Json(e, includeVolatile))]);

        if (!element.HasElements)
            return JsonValue.Create(element.Value);

        var json = new JsonObject();
        foreach (var member in element.Elements().Where(m => includeVolatile || !Volatile.Contains(m.Name.LocalName)))
            json[member.Name.LocalName] = Json(member, includeVolatile);

        return json;
    }
}
