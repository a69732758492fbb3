using System.Text.Json.Nodes;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.DynamoDb;

namespace ScalarRestore.Engine.Tests.DynamoDb;

/// <summary>Captured tables for pure tests.</summary>
internal static class Facts
{
    public static TableFacts Full { get; } = new()
    {
        Structure = "keys(pk:B HASH) global byOwner(owner:S HASH; ALL)",
        BillingMode = "PROVISIONED",
        Capacity = new Capacity { Read = 40, Write = 30, WarmRead = 20_000 },
        Indexes = new SortedDictionary<string, Capacity>(StringComparer.Ordinal) { ["byOwner"] = new() { Read = 20, Write = 25 } },
        TableClass = "STANDARD_INFREQUENT_ACCESS",
        DeletionProtection = true,
        KmsKeyArn = "arn:aws:kms:r:1:key/k",
        StreamView = "NEW_IMAGE",
        StreamArn = "arn:aws:dynamodb:r:1:table/t/stream/old",
        StreamPolicy = """{"Statement":[{"Resource":"arn:aws:dynamodb:r:1:table/t/stream/old"}]}""",
        PointInTimeRecovery = true,
        RecoveryDays = 14,
        TimeToLiveAttribute = "expires",
        Tags = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["team"] = "ledger", ["empty"] = "" },
        Kinesis = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["arn:aws:kinesis:r:1:stream/s"] = "" },
        Insights = new SortedDictionary<string, string>(StringComparer.Ordinal) { [""] = "", ["byOwner"] = "THROTTLED_KEYS" },
        Policy = """{"Version":"2012-10-17","Statement":[]}""",
        ScalingTargets = [Body("""{"ResourceId":"table/t","ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":4,"MaxCapacity":400,"SuspendedState":{"ScheduledScalingSuspended":false}}""")],
        ScalingPolicies = [Body("""{"PolicyName":"p","ResourceId":"table/t","ScalableDimension":"dynamodb:table:ReadCapacityUnits","TargetTrackingScalingPolicyConfiguration":{"TargetValue":70.0}}""")],
        ScheduledActions = [Body("""{"ScheduledActionName":"night","ResourceId":"table/t","ScalableDimension":"dynamodb:table:ReadCapacityUnits","Schedule":"cron(0 22 * * ? *)"}""")],
    };

    public static TableFacts Plain { get; } = new() { Structure = "keys(pk:B HASH)", BillingMode = "PAY_PER_REQUEST", PointInTimeRecovery = true, RecoveryDays = 35 };

    public static RestoreIntent Intent { get; } = new()
    {
        RunId = "20260102-030405-abcd",
        RestoreTime = new DateTimeOffset(2026, 1, 1, 12, 30, 15, TimeSpan.Zero),
        Timeout = TimeSpan.FromHours(6),
    };

    public static CapturedTable Table(string name, TableFacts? facts = null, string region = "ap-northeast-1", long bytes = 0) => new()
    {
        Identity = new TableIdentity
        {
            Account = "123456789012",
            Region = region,
            Name = name,
            Arn = $"arn:aws:dynamodb:{region}:123456789012:table/{name}",
            Id = $"id-of-{name}",
        },
        Facts = facts ?? Plain,
        ApproximateBytes = bytes,
    };

    public static JsonObject Body(string json) => JsonNode.Parse(json)!.AsObject();
}
