using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Aws.Rds.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Control;

/// <summary>
/// What RDS takes from services that the sandbox does not have: networks (EC2), keys (KMS) and quotas. All of it is of one account and
/// region: the sandbox's own, or those of the query's <c>account</c> and <c>region</c>.
/// </summary>
internal static class RdsControl
{
    /// <summary>Answers one call; null where there is no such control.</summary>
    /// <param name="request">The request.</param>
    /// <param name="region">The region that it is about.</param>
    /// <param name="path">What stands behind <c>rds</c> in the path.</param>
    public static async Task<object?> AnswerAsync(HttpRequest request, RdsRegion region, string[] path)
    {
        switch (request.Method, path)
        {
            case ("GET", ["networks"]):
                lock (region.Lock)
                {
                    return Networks(region);
                }

            case ("PUT", ["networks", var vpcId]):
                var network = await ControlServer.BodyAsync<NetworkRequest>(request);
                lock (region.Lock)
                {
                    SetNetwork(region, vpcId, network);
                    return Networks(region);
                }

            case ("GET", ["keys"]):
                lock (region.Lock)
                {
                    return Keys(region);
                }

            case ("PUT", ["keys", .. { Length: > 0 } key]):
                var enabled = (await ControlServer.BodyAsync<KeyRequest>(request)).Enabled;
                lock (region.Lock)
                {
                    // An alias and an ARN have slashes in them.
                    region.Keys[region.KeyArn(Uri.UnescapeDataString(string.Join('/', key)))] = enabled;
                    return Keys(region);
                }

            case ("GET", ["quotas"]):
                lock (region.Lock)
                {
                    return region.Limits;
                }

            case ("PUT", ["quotas"]):
                var patch = await ControlServer.TextAsync(request);
                lock (region.Lock)
                {
                    return region.OwnLimits = Laid(patch, region.Limits);
                }

            case ("DELETE", ["quotas"]):
                lock (region.Lock)
                {
                    region.OwnLimits = null;
                    return region.Limits;
                }

            default:
                return null;
        }
    }

    private static void SetNetwork(RdsRegion region, string vpcId, NetworkRequest network)
    {
        if (!vpcId.StartsWith("vpc-", StringComparison.Ordinal))
            throw new ArgumentException($"'{vpcId}' does not begin with vpc-.");

        if (network.Subnets.Count == 0 || network.SecurityGroups.Count == 0)
            throw new ArgumentException("A network needs subnets and security groups; the first group is its default.");

        var others = region.Networks.Values.Where(n => n.VpcId != vpcId).ToArray();
        if (others.Any(n => n.Subnets.Keys.Intersect(network.Subnets.Keys, StringComparer.Ordinal).Any()
            || n.SecurityGroups.Intersect(network.SecurityGroups, StringComparer.Ordinal).Any()))
            throw new ArgumentException("A subnet or security group is in another network already.");

        region.Networks[vpcId] = new Network(vpcId, network.Subnets, network.SecurityGroups);

        // The default subnet group is always all of the default network.
        if (region.SubnetGroups["default"] is var group && group.VpcId == vpcId)
            group.Subnets = network.Subnets;
    }

    private static JsonObject Networks(RdsRegion region) => new()
    {
        ["networks"] = JsonSerializer.SerializeToNode(region.Networks.Values, SandboxJson.Options),
        ["defaultVpcId"] = region.SubnetGroups["default"].VpcId,
    };

    private static JsonObject Keys(RdsRegion region) => new()
    {
        ["defaultKey"] = region.DefaultKey,
        ["keys"] = new JsonObject(region.Keys.Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value))),
    };

    // What is not named stays.
    private static RdsLimits Laid(string patch, RdsLimits limits)
    {
        var merged = JsonSerializer.SerializeToNode(limits, SandboxJson.Options)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(patch) as JsonObject ?? throw new JsonException("Quotas are a JSON object."))
            merged[name] = value?.DeepClone();

        return merged.Deserialize<RdsLimits>(SandboxJson.Options)!;
    }

    private sealed record NetworkRequest(IReadOnlyDictionary<string, string> Subnets, IReadOnlyList<string> SecurityGroups);

    private sealed record KeyRequest(bool Enabled);
}
