using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Aws.Untyped;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// Application Auto Scaling of one kind of resource. What it describes stays JSON, so that fields of later API versions survive being put back.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="calls">Sends.</param>
/// <param name="ns">The service's name for the kind: <c>dynamodb</c>, <c>rds</c>.</param>
internal sealed class ScalingService(JsonServiceClient client, AwsCalls calls, string ns)
{
    /// <summary>Every scalable target of the account and region, or of the given resources.</summary>
    public Task<IReadOnlyList<JsonObject>> DescribeTargetsAsync(string? resourceId, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["ServiceNamespace"] = ns };
        if (resourceId is not null)
            body["ResourceIds"] = new JsonArray(resourceId);
        return PagesAsync("DescribeScalableTargets", "ScalableTargets", resourceId, body, cancellationToken);
    }

    /// <summary>Every scaling policy of the account and region, or of one resource.</summary>
    public Task<IReadOnlyList<JsonObject>> DescribePoliciesAsync(string? resourceId, CancellationToken cancellationToken) =>
        PagesAsync("DescribeScalingPolicies", "ScalingPolicies", resourceId, OfResource(resourceId), cancellationToken);

    /// <summary>Every scheduled action of the account and region, or of one resource.</summary>
    public Task<IReadOnlyList<JsonObject>> DescribeScheduledActionsAsync(string? resourceId, CancellationToken cancellationToken) =>
        PagesAsync("DescribeScheduledActions", "ScheduledActions", resourceId, OfResource(resourceId), cancellationToken);

    /// <summary>Makes or updates a scalable target.</summary>
    public Task RegisterTargetAsync(JsonObject body, CancellationToken cancellationToken) => PutAsync("RegisterScalableTarget", body, cancellationToken);

    /// <summary>Makes or updates a scaling policy.</summary>
    public Task PutPolicyAsync(JsonObject body, CancellationToken cancellationToken) => PutAsync("PutScalingPolicy", body, cancellationToken);

    /// <summary>Makes or updates a scheduled action.</summary>
    public Task PutScheduledActionAsync(JsonObject body, CancellationToken cancellationToken) => PutAsync("PutScheduledAction", body, cancellationToken);

    private JsonObject OfResource(string? resourceId)
    {
        var body = new JsonObject { ["ServiceNamespace"] = ns };
        if (resourceId is not null)
            body["ResourceId"] = resourceId;
        return body;
    }

    // These calls are upserts by name, so that sending one twice equals sending it once.
    private Task PutAsync(string operation, JsonObject body, CancellationToken cancellationToken) =>
        calls.SendAsync(
            new AwsCall("application-autoscaling", operation, body["ResourceId"]?.GetValue<string>() ?? ns),
            token => client.CallAsync(operation, body, token),
            cancellationToken);

    private async Task<IReadOnlyList<JsonObject>> PagesAsync(
        string operation,
        string list,
        string? resourceId,
        JsonObject body,
        CancellationToken cancellationToken)
    {
        var found = new List<JsonObject>();
        while (true)
        {
            var answer = await calls.SendAsync(
                new AwsCall("application-autoscaling", operation, resourceId ?? $"everything of {ns}"),
                token => client.CallAsync(operation, body, token),
                cancellationToken).ConfigureAwait(false);
            found.AddRange((answer[list] as JsonArray ?? []).OfType<JsonObject>().Select(o => (JsonObject)o.DeepClone()));
            if (answer["NextToken"]?.GetValue<string>() is not { Length: > 0 } next)
                return found;
            body["NextToken"] = next;
        }
    }
}
