using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Drill.Databases.Aws;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>Makes tables with all their settings, as Schema Loader and a careful operator would.</summary>
internal sealed class TableMaker(IAmazonDynamoDB dynamo, ScalingApi scaling, Func<TimeSpan, CancellationToken, Task> delay)
{
    /// <summary>Creates a table and returns when it is ready and all its settings are made.</summary>
    public async Task CreateAsync(TableSpec table, CancellationToken cancellationToken)
    {
        await dynamo.CreateTableAsync(table.ToRequest(), cancellationToken);
        await UntilActiveAsync(table.Name, cancellationToken);
        await EnableRecoveryAsync(table.Name, cancellationToken);
        if (table.TimeToLive)
        {
            await dynamo.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest
                {
                    TableName = table.Name,
                    TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "expires_at", Enabled = true },
                },
                cancellationToken);
        }

        var arn = (await dynamo.DescribeTableAsync(table.Name, cancellationToken)).Table.TableArn;
        if (table.Tags.Count > 0)
        {
            await dynamo.TagResourceAsync(
                new TagResourceRequest { ResourceArn = arn, Tags = [.. table.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] }, cancellationToken);
        }

        if (table.AutoScaled)
        {
            foreach (var target in table.Scaling())
            {
                await scaling.RegisterAsync(target, cancellationToken);
            }
        }
    }

    private async Task EnableRecoveryAsync(string table, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await dynamo.UpdateContinuousBackupsAsync(
                    new UpdateContinuousBackupsRequest
                    {
                        TableName = table,
                        PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true, RecoveryPeriodInDays = 20 },
                    },
                    cancellationToken);
                return;
            }
            catch (ContinuousBackupsUnavailableException)
            {
                // A fresh table needs a moment; Schema Loader waits in the same way.
                await delay(TimeSpan.FromSeconds(3), cancellationToken);
            }
        }
    }

    private async Task UntilActiveAsync(string table, CancellationToken cancellationToken)
    {
        while ((await dynamo.DescribeTableAsync(table, cancellationToken)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await delay(TimeSpan.FromSeconds(2), cancellationToken);
        }
    }
}
