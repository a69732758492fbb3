using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Scaling;

/// <summary>
/// Application Auto Scaling: targets, policies and scheduled actions. Resource ids are compared whole, since a table's id is the beginning
/// of its indexes' ids.
/// </summary>
internal sealed class ScalingService(SandboxState sandbox, DynamoDbService dynamoDb, RdsService rds) : IAwsService
{
    private readonly ConcurrentDictionary<(string Account, string Region), ScalingRegion> _regions = new();

    public string Name => "application-autoscaling";

    public string? TargetPrefix => "AnyScaleFrontendService";

    public AwsProtocol Protocol => AwsProtocol.Json11;

    public string ThrottleCode => "ThrottlingException";

    public IEnumerable<ScalingRegion> Regions => _regions.OrderBy(r => r.Key).Select(r => r.Value);

    public bool IsAnonymous(string operation) => false;

    public CallDescription Describe(AwsRequest request)
    {
        string? resource = null;
        if (request.Input.ValueKind is JsonValueKind.Object)
        {
            resource = request.Input.TryGetProperty("ResourceId", out var id) ? id.ToString()
                : request.Input.TryGetProperty("ResourceIds", out var ids) && ids.ValueKind is JsonValueKind.Array
                    && ids.GetArrayLength() > 0 ? ids[0].ToString()
                : null;
        }

        return new CallDescription(Name, request.Operation, resource, !request.Operation.StartsWith("Describe", StringComparison.Ordinal));
    }

    public void Handle(AwsRequest request, AwsCaller caller, IBufferWriter<byte> body)
    {
        var region = _regions.GetOrAdd((caller.Account, caller.Region), key => new ScalingRegion(key.Account, key.Region));
        var input = request.Input;
        if (input.Text("ServiceNamespace") is not "dynamodb" and not "rds")
            throw AwsException.Validation(
                "1 validation error detected: Value at 'serviceNamespace' failed to satisfy constraint: Member must satisfy enum value set");

        // Asked before this service's own lock is taken, so that the two locks are never held together.
        var exists = request.Operation != "RegisterScalableTarget" || Exists(caller, input);
        JsonObject answer;
        lock (region.Lock)
        {
            Throttle(region, request.Operation);
            answer = request.Operation switch
            {
                "RegisterScalableTarget" => exists
                    ? RegisterTarget(region, input)
                    : throw AwsException.Validation(
                        $"{(IsRds(input) ? "DB cluster" : "DynamoDB table")} does not exist: {input.Required("ResourceId")}"),
                "DeregisterScalableTarget" => DeregisterTarget(region, input),
                "PutScalingPolicy" => PutPolicy(region, input),
                "DeleteScalingPolicy" => Delete(region.Policies, Key(input, "PolicyName"), "No scaling policy found"),
                "PutScheduledAction" => PutAction(region, input),
                "DeleteScheduledAction" => Delete(region.Actions, Key(input, "ScheduledActionName"), "No scheduled action found"),
                "DescribeScalableTargets" => List(region.Targets.Values, "ScalableTargets", input, "ResourceIds", "ResourceId"),
                "DescribeScalingPolicies" => List(region.Policies.Values, "ScalingPolicies", input, "PolicyNames", "PolicyName"),
                "DescribeScheduledActions" =>
                    List(region.Actions.Values, "ScheduledActions", input, "ScheduledActionNames", "ScheduledActionName"),
                "DescribeScalingActivities" => new JsonObject { ["ScalingActivities"] = new JsonArray() },
                _ => throw new AwsException("UnknownOperationException", $"The sandbox does not know the operation {request.Operation}."),
            };
        }

        if (request.Operation == "RegisterScalableTarget")
            Clamp(region, caller, input);

        using var writer = new Utf8JsonWriter(body);
        answer.WriteTo(writer);
    }

    private static string Key(JsonElement input, params ReadOnlySpan<string> more)
    {
        var key = $"{input.Required("ServiceNamespace")}|{input.Required("ResourceId")}|{input.Required("ScalableDimension")}";
        foreach (var name in more)
            key += "|" + input.Required(name);

        return key;
    }

    private static JsonObject Copy(JsonElement input, params ReadOnlySpan<string> names)
    {
        var copy = new JsonObject();
        foreach (var name in names)
        {
            if (input.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
                copy[name] = JsonNode.Parse(value.GetRawText());
        }

        return copy;
    }

    private static JsonObject Delete(SortedDictionary<string, JsonObject> from, string key, string message) => from.Remove(key)
        ? []
        : throw new AwsException("ObjectNotFoundException", $"{message}: {key}");

    private static void RequireTarget(ScalingRegion region, JsonElement input)
    {
        if (!region.Targets.ContainsKey(Key(input)))
        {
            throw new AwsException("ObjectNotFoundException",
                $"No scalable target registered for service namespace: {input.Text("ServiceNamespace")}, resource ID: {input.Text("ResourceId")}, scalable dimension: {input.Text("ScalableDimension")}");
        }
    }

    private static JsonObject DeregisterTarget(ScalingRegion region, JsonElement input)
    {
        var key = Key(input);
        RequireTarget(region, input);
        region.Targets.Remove(key);
        foreach (var set in (ReadOnlySpan<SortedDictionary<string, JsonObject>>)[region.Policies, region.Actions])
        {
            foreach (var dependent in set.Keys.Where(k => k.StartsWith(key + "|", StringComparison.Ordinal)).ToArray())
                set.Remove(dependent);
        }

        return [];
    }

    private static string NewId(string key) =>
        new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)).ToString();

    private static bool IsRds(JsonElement input) => input.Text("ServiceNamespace") == "rds";

    private bool Exists(AwsCaller caller, JsonElement input)
    {
        var resourceId = input.Required("ResourceId");
        if (IsRds(input))
            return ClusterExists(caller, resourceId, input.Required("ScalableDimension"));

        var parts = resourceId.Split('/');
        if (parts[0] != "table")
            return true;

        var region = dynamoDb.Region(caller.Account, caller.Region);
        lock (region.Lock)
        {
            region.Advance();
            return region.Find(parts.ElementAtOrDefault(1) ?? "") is { } table
                && (parts.Length < 4 || table.FindIndex(parts[3]) is not null);
        }
    }

    private bool ClusterExists(AwsCaller caller, string resourceId, string dimension)
    {
        if (dimension != "rds:cluster:ReadReplicaCount" || !resourceId.StartsWith("cluster:", StringComparison.Ordinal))
            throw AwsException.Validation(
                $"Unsupported service namespace, resource type or scalable dimension: rds, {resourceId}, {dimension}");

        var region = rds.Region(caller.Account, caller.Region);
        lock (region.Lock)
        {
            region.Advance();
            return region.FindCluster(resourceId["cluster:".Length..]) is { IsAurora: true };
        }
    }

    private void Clamp(ScalingRegion region, AwsCaller caller, JsonElement input)
    {
        long min, max;
        lock (region.Lock)
        {
            if (!region.Targets.TryGetValue(Key(input), out var target) || (bool)target["SuspendedState"]!["DynamicScalingInSuspended"]!
                || (bool)target["SuspendedState"]!["DynamicScalingOutSuspended"]!)
                return;

            (min, max) = ((long)target["MinCapacity"]!, (long)target["MaxCapacity"]!);
        }

        CapacityClamp.Apply(
            dynamoDb.Region(caller.Account, caller.Region), input.Required("ResourceId"), input.Required("ScalableDimension"), min, max);
    }

    private void Throttle(ScalingRegion region, string operation)
    {
        if (!region.Buckets.TryGetValue(operation, out var bucket))
            region.Buckets[operation] = bucket = new TokenBucket();

        if (!bucket.TryTake(sandbox.Settings.Current.Scaling.CallRate, sandbox.Clock.Now))
            throw new AwsException("ThrottlingException", "Rate exceeded");
    }

    private JsonNode Now() => JsonValue.Create(sandbox.Clock.Now.ToUnixTimeMilliseconds() / 1000m);

    private JsonObject RegisterTarget(ScalingRegion region, JsonElement input)
    {
        var key = Key(input);
        if (!region.Targets.TryGetValue(key, out var target))
        {
            if (input.Number("MinCapacity") is null || input.Number("MaxCapacity") is null)
                throw AwsException.Validation("MinCapacity and MaxCapacity are required when registering a new scalable target");

            target = Copy(input, "ServiceNamespace", "ResourceId", "ScalableDimension");
            var role = IsRds(input)
                ? "rds.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_RDSCluster"
                : "dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";
            target["RoleARN"] = $"arn:aws:iam::{region.Account}:role/aws-service-role/{role}";
            target["CreationTime"] = Now();
            target["SuspendedState"] = new JsonObject
            {
                ["DynamicScalingInSuspended"] = false,
                ["DynamicScalingOutSuspended"] = false,
                ["ScheduledScalingSuspended"] = false,
            };
            target["ScalableTargetARN"] =
                $"arn:aws:application-autoscaling:{region.Region}:{region.Account}:scalable-target/{NewId(key)[..30]}";
        }

        var min = input.Number("MinCapacity") ?? (long)target["MinCapacity"]!;
        var max = input.Number("MaxCapacity") ?? (long)target["MaxCapacity"]!;
        if (min > max)
            throw AwsException.Validation("MaxCapacity must be greater than or equal to MinCapacity");

        target["MinCapacity"] = min;
        target["MaxCapacity"] = max;
        foreach (var (name, value) in Copy(input, "SuspendedState")["SuspendedState"] as JsonObject ?? [])
            target["SuspendedState"]![name] = value!.DeepClone();

        region.Targets[key] = target;
        return new JsonObject { ["ScalableTargetARN"] = target["ScalableTargetARN"]!.DeepClone() };
    }

    private JsonObject PutPolicy(ScalingRegion region, JsonElement input)
    {
        RequireTarget(region, input);
        var key = Key(input, "PolicyName");
        var type = input.Text("PolicyType")
            ?? (region.Policies.ContainsKey(key) ? "TargetTrackingScaling" : throw AwsException.Validation("PolicyType is required"));
        if (type != "TargetTrackingScaling")
            throw AwsException.Validation($"Policy type {type} is not supported for service namespace: {input.Text("ServiceNamespace")}");

        var configuration = input.Object("TargetTrackingScalingPolicyConfiguration")
            ?? throw AwsException.Validation("TargetTrackingScalingPolicyConfiguration is required");
        var policy = Copy(input, "ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyName");
        var name = input.Required("PolicyName");
        var resource = input.Required("ResourceId");
        var id = NewId(key);
        policy["PolicyType"] = type;
        policy["PolicyARN"] =
            $"arn:aws:autoscaling:{region.Region}:{region.Account}:scalingPolicy:{id}:resource/{input.Text("ServiceNamespace")}/{resource}:policyName/{name}";
        policy["TargetTrackingScalingPolicyConfiguration"] = JsonNode.Parse(configuration.GetRawText());
        policy["CreationTime"] = region.Policies.TryGetValue(key, out var present) ? present["CreationTime"]!.DeepClone() : Now();
        policy["Alarms"] = new JsonArray([.. new[] { "AlarmHigh", "AlarmLow" }.Select(kind => (JsonNode)new JsonObject
        {
            ["AlarmName"] = $"TargetTracking-{resource}-{kind}-{id}",
            ["AlarmARN"] = $"arn:aws:cloudwatch:{region.Region}:{region.Account}:alarm:TargetTracking-{resource}-{kind}-{id}",
        })]);
        region.Policies[key] = policy;
        return new JsonObject { ["PolicyARN"] = policy["PolicyARN"]!.DeepClone(), ["Alarms"] = policy["Alarms"]!.DeepClone() };
    }

    private JsonObject PutAction(ScalingRegion region, JsonElement input)
    {
        RequireTarget(region, input);
        var key = Key(input, "ScheduledActionName");
        var action = region.Actions.GetValueOrDefault(key) ?? [];
        foreach (var (name, value) in Copy(
            input, "ServiceNamespace", "ResourceId", "ScalableDimension", "ScheduledActionName", "Schedule", "Timezone", "StartTime",
            "EndTime", "ScalableTargetAction"))
            action[name] = value!.DeepClone();

        if (action["Schedule"] is null)
            throw AwsException.Validation("Schedule is required");

        action["ScheduledActionARN"] =
            $"arn:aws:autoscaling:{region.Region}:{region.Account}:scheduledAction:{NewId(key)}:resource/{input.Text("ServiceNamespace")}/{input.Text("ResourceId")}:scheduledActionName/{input.Text("ScheduledActionName")}";
        action["CreationTime"] ??= Now();
        region.Actions[key] = action;
        return [];
    }

    private JsonObject List(IEnumerable<JsonObject> all, string member, JsonElement input, string filterMember, string filteredMember)
    {
        var wanted = input.Elements(filterMember).Select(e => e.GetString()!).ToHashSet(StringComparer.Ordinal);
        var found = all
            .Where(o => Is(o, "ServiceNamespace", input.Text("ServiceNamespace"))
                && Is(o, "ScalableDimension", input.Text("ScalableDimension")) && Is(o, "ResourceId", input.Text("ResourceId")))
            .Where(o => wanted.Count == 0 || wanted.Contains((string)o[filteredMember]!));
        var size = (int)Math.Clamp(input.Number("MaxResults") ?? 50, 1, Math.Min(50, sandbox.Settings.Current.Scaling.PageSize));
        var skip = input.Text("NextToken") is not { } token ? 0
            : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
            : throw new AwsException("InvalidNextTokenException", "The next token supplied was invalid.");
        var page = found.Skip(skip).Take(size + 1).ToArray();
        var answer = new JsonObject { [member] = new JsonArray([.. page.Take(size).Select(o => o.DeepClone())]) };
        if (page.Length > size)
            answer["NextToken"] = (skip + size).ToString(CultureInfo.InvariantCulture);

        return answer;

        static bool Is(JsonObject o, string name, string? value) =>
            value is null || string.Equals((string?)o[name], value, StringComparison.Ordinal);
    }
}
