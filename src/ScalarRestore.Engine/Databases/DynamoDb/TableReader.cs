using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Reads all settings of a table, by as many calls as the service has places to keep them.</summary>
internal sealed class TableReader(AwsClients clients)
{
    /// <summary>The settings of a table that was just described.</summary>
    /// <param name="table">The table's description.</param>
    /// <param name="backups">Its continuous backups.</param>
    /// <param name="parts">Which settings to ask for; what is not asked for reads as off.</param>
    /// <param name="scaling">Automatic scaling of the account, or null to ask for that of this table.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<TableFacts> ReadAsync(
        TableDescription table,
        ContinuousBackupsDescription backups,
        FactParts parts,
        ScalingFacts? scaling,
        CancellationToken cancellationToken)
    {
        var service = clients.DynamoDb;
        var name = table.TableName;
        var indexes = TableShape.Indexes(table);
        var stream = table.StreamSpecification?.StreamEnabled == true ? table.StreamSpecification : null;
        var timeToLive = parts.HasFlag(FactParts.TimeToLive) ? await service.DescribeTimeToLiveAsync(name, cancellationToken).ConfigureAwait(false) : null;
        var scaled = parts.HasFlag(FactParts.Scaling)
            ? (scaling ?? await ScalingFacts.ReadAsync(clients.Scaling, ScalingFacts.ResourceIds(name, indexes.Keys), cancellationToken).ConfigureAwait(false)).Of(name, indexes.Keys)
            : new ScalingFacts();
        return new TableFacts
        {
            Structure = TableShape.Structure(table),
            BillingMode = TableShape.BillingMode(table),
            Capacity = TableShape.Capacity(table),
            Indexes = indexes,
            TableClass = table.TableClassSummary?.TableClass?.Value ?? "STANDARD",
            DeletionProtection = table.DeletionProtectionEnabled == true,
            KmsKeyArn = table.SSEDescription?.KMSMasterKeyArn,
            StreamView = stream?.StreamViewType?.Value,
            StreamArn = stream is null ? null : table.LatestStreamArn,
            StreamPolicy = stream is not null && parts.HasFlag(FactParts.StreamPolicy)
                ? await service.GetResourcePolicyAsync(table.LatestStreamArn, cancellationToken).ConfigureAwait(false)
                : null,
            PointInTimeRecovery = IsRecoverable(backups),
            RecoveryDays = backups.PointInTimeRecoveryDescription?.RecoveryPeriodInDays,
            TimeToLiveAttribute = IsExpiring(timeToLive) ? timeToLive!.AttributeName : null,
            Tags = parts.HasFlag(FactParts.Tags) ? await service.ListTagsAsync(table.TableArn, cancellationToken).ConfigureAwait(false) : Nothing,
            Kinesis = parts.HasFlag(FactParts.Kinesis) ? await KinesisAsync(name, cancellationToken).ConfigureAwait(false) : Nothing,
            Insights = parts.HasFlag(FactParts.Insights) ? await InsightsAsync(name, indexes.Keys, cancellationToken).ConfigureAwait(false) : Nothing,
            Policy = parts.HasFlag(FactParts.Policy) ? await service.GetResourcePolicyAsync(table.TableArn, cancellationToken).ConfigureAwait(false) : null,
            ScalingTargets = scaled.Targets,
            ScalingPolicies = scaled.Policies,
            ScheduledActions = scaled.Actions,
        };
    }

    /// <summary>Whether point-in-time recovery is on.</summary>
    public static bool IsRecoverable(ContinuousBackupsDescription backups) =>
        backups.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED;

    private static IReadOnlyDictionary<string, string> Nothing => new SortedDictionary<string, string>(StringComparer.Ordinal);

    private static bool IsExpiring(TimeToLiveDescription? description) =>
        description?.TimeToLiveStatus == TimeToLiveStatus.ENABLED || description?.TimeToLiveStatus == TimeToLiveStatus.ENABLING;

    private async Task<IReadOnlyDictionary<string, string>> KinesisAsync(string table, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var d in await clients.DynamoDb.DescribeKinesisAsync(table, cancellationToken).ConfigureAwait(false))
            found[d.StreamArn] = d.ApproximateCreationDateTimePrecision?.Value ?? "";
        return found;
    }

    private async Task<IReadOnlyDictionary<string, string>> InsightsAsync(string table, IEnumerable<string> indexes, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var index in indexes.Prepend(""))
        {
            var answer = await clients.DynamoDb.DescribeInsightsAsync(table, index.Length == 0 ? null : index, cancellationToken).ConfigureAwait(false);
            if (answer?.ContributorInsightsStatus?.Value is "ENABLED" or "ENABLING")
                found[index] = answer.ContributorInsightsMode?.Value ?? "";
        }

        return found;
    }
}
