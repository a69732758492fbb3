using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>A table with every setting that a restore drops or may drop.</summary>
internal static class FullTable
{
    public const string Index = "byOwner";
    public const string KinesisStream = "arn:aws:kinesis:ap-northeast-1:123456789012:stream/changes";

    public static string KmsKey(DynamoSandbox sandbox) =>
        $"arn:aws:kms:{sandbox.Process.AwsRegion}:{sandbox.Process.AwsAccountId}:key/11111111-2222-3333-4444-555555555555";

    public static async Task<TableDescription> MakeAsync(DynamoSandbox sandbox, string table)
    {
        var client = sandbox.Raw;
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new ProvisionedThroughput(40, 30),
            TableClass = TableClass.STANDARD_INFREQUENT_ACCESS,
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES },
            KeySchema = [new KeySchemaElement("concatenatedPartitionKey", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("concatenatedPartitionKey", ScalarAttributeType.B), new AttributeDefinition("owner", ScalarAttributeType.S)],
            GlobalSecondaryIndexes =
            [
                new GlobalSecondaryIndex
                {
                    IndexName = Index,
                    KeySchema = [new KeySchemaElement("owner", KeyType.HASH)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                    ProvisionedThroughput = new ProvisionedThroughput(20, 25),
                },
            ],
            Tags = [new Tag { Key = "team", Value = "ledger" }, new Tag { Key = "cost", Value = "a=b&c/d" }],
        });
        var made = await TableMaker.ActiveAsync(client, table);
        await TableMaker.RecoverableAsync(client, table, days: 14);
        await client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = table, TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "expires", Enabled = true },
        });
        await client.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = table, StreamArn = KinesisStream });
        await client.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest { TableName = table, ContributorInsightsAction = ContributorInsightsAction.ENABLE });
        await client.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest { TableName = table, IndexName = Index, ContributorInsightsAction = ContributorInsightsAction.ENABLE });
        await client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = made.TableArn, Policy = Policy(made.TableArn, "dynamodb:GetItem") });
        await client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = made.LatestStreamArn, Policy = Policy(made.LatestStreamArn, "dynamodb:GetRecords") });
        await ScaleAsync(sandbox, table);
        await client.UpdateTableAsync(new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = true });
        await TableMaker.ActiveAsync(client, table);
        await KinesisActiveAsync(client, table);
        return (await client.DescribeTableAsync(table)).Table;
    }

    public static string Policy(string arn, string action) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "read",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = "arn:aws:iam::210987654321:root" },
            ["Action"] = action,
            ["Resource"] = arn,
        }),
    }.ToJsonString();

    private static async Task ScaleAsync(DynamoSandbox sandbox, string table)
    {
        using var factory = sandbox.Factory();
        var scaling = factory.For(null, sandbox.Process.AwsRegion, ServiceMode.ReadWrite).Scaling;
        foreach (var (id, part) in ((string, string)[])[($"table/{table}", "table"), ($"table/{table}/index/{Index}", "index")])
        {
            var dimension = $"dynamodb:{part}:ReadCapacityUnits";
            await scaling.RegisterTargetAsync(Body(id, dimension, ("MinCapacity", 4), ("MaxCapacity", 400)), CancellationToken.None);
            var policy = Body(id, dimension, ("PolicyName", $"{id}-read"), ("PolicyType", "TargetTrackingScaling"));
            policy["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
            {
                ["TargetValue"] = 70.0,
                ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = "DynamoDBReadCapacityUtilization" },
                ["ScaleInCooldown"] = 60,
                ["ScaleOutCooldown"] = 60,
            };
            await scaling.PutPolicyAsync(policy, CancellationToken.None);
        }

        var action = Body($"table/{table}", "dynamodb:table:ReadCapacityUnits", ("ScheduledActionName", "night"), ("Schedule", "cron(0 22 * * ? *)"));
        action["ScalableTargetAction"] = new JsonObject { ["MinCapacity"] = 1, ["MaxCapacity"] = 10 };
        await scaling.PutScheduledActionAsync(action, CancellationToken.None);
    }

    private static JsonObject Body(string id, string dimension, params (string Name, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = id, ["ScalableDimension"] = dimension };
        foreach (var (name, value) in more)
            body[name] = value;
        return body;
    }

    private static async Task KinesisActiveAsync(IAmazonDynamoDB client, string table)
    {
        for (var i = 0; i < 400; i++)
        {
            var seen = await client.DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = table });
            if (seen.KinesisDataStreamDestinations[0].DestinationStatus == DestinationStatus.ACTIVE)
                return;
            await Task.Delay(15);
        }
    }
}
