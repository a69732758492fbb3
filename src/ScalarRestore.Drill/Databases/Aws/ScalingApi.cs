using System.Text;
using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.Aws;

/// <summary>Application Auto Scaling.</summary>
internal sealed class ScalingApi(SignedHttp http)
{
    /// <summary>Registers a resource's dimension and the policy that follows a metric of it.</summary>
    public async Task RegisterAsync(ScalingSpec target, CancellationToken cancellationToken)
    {
        var service = target.Resource.StartsWith("table/", StringComparison.Ordinal) ? "dynamodb" : "rds";
        await CallAsync(
            "RegisterScalableTarget",
            new JsonObject
            {
                ["ServiceNamespace"] = service,
                ["ResourceId"] = target.Resource,
                ["ScalableDimension"] = target.Dimension,
                ["MinCapacity"] = target.Least,
                ["MaxCapacity"] = target.Most,
            },
            cancellationToken);
        await CallAsync(
            "PutScalingPolicy",
            new JsonObject
            {
                ["PolicyName"] = target.Policy,
                ["ServiceNamespace"] = service,
                ["ResourceId"] = target.Resource,
                ["ScalableDimension"] = target.Dimension,
                ["PolicyType"] = "TargetTrackingScaling",
                ["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
                {
                    ["TargetValue"] = 70.0,
                    ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = target.Metric },
                    ["ScaleInCooldown"] = 60,
                    ["ScaleOutCooldown"] = 60,
                },
            },
            cancellationToken);
    }

    /// <summary>The targets and policies of a cluster.</summary>
    public async Task<IReadOnlyList<JsonObject>> OfClusterAsync(string cluster, CancellationToken cancellationToken)
    {
        var targets = await CallAsync(
            "DescribeScalableTargets", new JsonObject { ["ServiceNamespace"] = "rds", ["ResourceIds"] = new JsonArray($"cluster:{cluster}") }, cancellationToken);
        var policies = await CallAsync(
            "DescribeScalingPolicies", new JsonObject { ["ServiceNamespace"] = "rds", ["ResourceId"] = $"cluster:{cluster}" }, cancellationToken);
        return [.. targets["ScalableTargets"]!.AsArray().Concat(policies["ScalingPolicies"]!.AsArray()).Select(item => item!.AsObject())];
    }

    private async Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = $"AnyScaleFrontendService.{operation}",
        };
        var text = await http.SendAsync("application-autoscaling", operation, headers, Encoding.UTF8.GetBytes(body.ToJsonString()), cancellationToken);
        return JsonNode.Parse(text.Length == 0 ? "{}" : text)!.AsObject();
    }
}
