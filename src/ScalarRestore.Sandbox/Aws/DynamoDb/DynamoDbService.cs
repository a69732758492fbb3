using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Operations;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.DynamoDb;

/// <summary>DynamoDB, API version 2012-08-10.</summary>
internal sealed class DynamoDbService(SandboxState sandbox) : IAwsService
{
    private static readonly Dictionary<string, Action<OperationContext>> Operations = new(StringComparer.Ordinal)
    {
        ["BatchGetItem"] = BatchOperations.Get,
        ["BatchWriteItem"] = BatchOperations.Write,
        ["CreateBackup"] = BackupOperations.Create,
        ["CreateTable"] = TableOperations.Create,
        ["DeleteBackup"] = BackupOperations.Delete,
        ["DeleteItem"] = ItemOperations.Delete,
        ["DeleteResourcePolicy"] = PolicyOperations.Delete,
        ["DeleteTable"] = TableOperations.Delete,
        ["DescribeBackup"] = BackupOperations.Describe,
        ["DescribeContinuousBackups"] = RecoveryOperations.Describe,
        ["DescribeContributorInsights"] = InsightsOperations.Describe,
        ["DescribeEndpoints"] = AccountOperations.Endpoints,
        ["DescribeKinesisStreamingDestination"] = KinesisOperations.Describe,
        ["DescribeLimits"] = AccountOperations.Limits,
        ["DescribeTable"] = TableOperations.Describe,
        ["DescribeTimeToLive"] = TimeToLiveOperations.Describe,
        ["DisableKinesisStreamingDestination"] = KinesisOperations.Disable,
        ["EnableKinesisStreamingDestination"] = KinesisOperations.Enable,
        ["GetItem"] = ItemOperations.Get,
        ["GetResourcePolicy"] = PolicyOperations.Get,
        ["ListBackups"] = BackupOperations.List,
        ["ListContributorInsights"] = InsightsOperations.List,
        ["ListTables"] = TableOperations.List,
        ["ListTagsOfResource"] = TagOperations.List,
        ["PutItem"] = ItemOperations.Put,
        ["PutResourcePolicy"] = PolicyOperations.Put,
        ["Query"] = QueryOperations.Query,
        ["RestoreTableFromBackup"] = RestoreOperations.FromBackup,
        ["RestoreTableToPointInTime"] = RestoreOperations.ToPointInTime,
        ["Scan"] = QueryOperations.Scan,
        ["TagResource"] = TagOperations.Tag,
        ["TransactGetItems"] = BatchOperations.TransactGet,
        ["TransactWriteItems"] = BatchOperations.TransactWrite,
        ["UntagResource"] = TagOperations.Untag,
        ["UpdateContinuousBackups"] = RecoveryOperations.Update,
        ["UpdateContributorInsights"] = InsightsOperations.Update,
        ["UpdateItem"] = ItemOperations.Update,
        ["UpdateTable"] = UpdateTableOperation.Run,
        ["UpdateTimeToLive"] = TimeToLiveOperations.Update,
    };

    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ConcurrentDictionary<(string Account, string Region), DynamoDbRegion> _regions = new();

    public string Name => "dynamodb";

    public string? TargetPrefix => "DynamoDB_20120810";

    public AwsProtocol Protocol => AwsProtocol.Json10;

    public string ThrottleCode => "ThrottlingException";

    /// <summary>Every account and region that was spoken to.</summary>
    public IEnumerable<DynamoDbRegion> Regions => _regions.OrderBy(r => r.Key).Select(r => r.Value);

    public bool IsAnonymous(string operation) => false;

    public DynamoDbRegion Region(string account, string region) => _regions.GetOrAdd(
        (account, region), key => new DynamoDbRegion(key.Account, key.Region, sandbox.Clock, sandbox.Settings, sandbox.Options.Seed));

    public CallDescription Describe(AwsRequest request)
    {
        var operation = request.Operation;
        var isRead = operation.StartsWith("Describe", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal)
            || operation is "GetItem" or "GetResourcePolicy" or "BatchGetItem" or "TransactGetItems" or "Query" or "Scan";
        return new CallDescription(Name, operation, Resource(request.Input), !isRead);
    }

    public void Handle(AwsRequest request, AwsCaller caller, IBufferWriter<byte> body)
    {
        if (!Operations.TryGetValue(request.Operation, out var operation))
            throw new AwsException("UnknownOperationException", $"The sandbox does not know the operation {request.Operation}.");

        var region = Region(caller.Account, caller.Region);
        using var writer = new Utf8JsonWriter(body, WriterOptions);
        writer.WriteStartObject();
        lock (region.Lock)
        {
            var now = region.Advance();
            region.Throttle(request.Operation, now);
            operation(new OperationContext(region, request.Input, writer, now));
        }

        writer.WriteEndObject();

        // These two have no body at all, and the .NET client fails on one.
        if (request.Operation is "TagResource" or "UntagResource")
            writer.Reset();
        else
            writer.Flush();
    }

    private static string? Resource(JsonElement input)
    {
        if (input.ValueKind is not JsonValueKind.Object)
            return null;

        foreach (var name in (ReadOnlySpan<string>)["TargetTableName", "TableName", "SourceTableName", "ResourceArn", "BackupArn"])
        {
            if (input.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String)
                return DynamoDbRegion.PlainName(value.GetString()!);
        }

        if (input.TryGetProperty("RequestItems", out var items) && items.ValueKind is JsonValueKind.Object)
        {
            foreach (var item in items.EnumerateObject())
                return item.Name;
        }

        return null;
    }
}
