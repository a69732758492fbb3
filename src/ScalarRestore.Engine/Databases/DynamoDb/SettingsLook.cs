using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>
/// Looks at the settings of a restored table, by as few calls as will do: a restore drops what lies outside the table's description, so that
/// what was not there before need not be asked for, and what has been seen to be right need not be asked for in every round.
/// </summary>
internal sealed class SettingsLook(AwsClients clients, TableFacts wanted)
{
    /// <summary>Looks at everything that was captured.</summary>
    public async Task<SeenSettings> AtAllAsync(TableDescription table, CancellationToken cancellationToken)
    {
        var backups = await clients.DynamoDb.DescribeContinuousBackupsAsync(table.TableName, cancellationToken).ConfigureAwait(false);
        return new SeenSettings(await ReadAsync(table, backups, Captured, cancellationToken).ConfigureAwait(false), backups);
    }

    /// <summary>Looks at the description and at some settings; the others stay as they were seen before.</summary>
    public async Task<SeenSettings> AtAsync(TableDescription table, SeenSettings? before, IReadOnlyList<Setting> settings, CancellationToken cancellationToken)
    {
        if (before is null)
            return await AtAllAsync(table, cancellationToken).ConfigureAwait(false);

        var backups = settings.Contains(Setting.PointInTimeRecovery)
            ? await clients.DynamoDb.DescribeContinuousBackupsAsync(table.TableName, cancellationToken).ConfigureAwait(false)
            : before.Backups;
        var parts = settings.Aggregate(FactParts.None, (all, setting) => all | PartOf(setting)) & Captured;
        var facts = await ReadAsync(table, backups, parts, cancellationToken).ConfigureAwait(false);
        return new SeenSettings(Merge(facts, before.Facts, parts), backups);
    }

    private FactParts Captured =>
        If(wanted.Tags.Count > 0, FactParts.Tags)
        | If(wanted.Kinesis.Count > 0, FactParts.Kinesis)
        | If(wanted.Insights.Count > 0, FactParts.Insights)
        | If(wanted.Policy is not null, FactParts.Policy)
        | If(wanted.StreamPolicy is not null, FactParts.StreamPolicy)
        | If(wanted.ScalingTargets.Count > 0, FactParts.Scaling);

    private Task<TableFacts> ReadAsync(TableDescription table, ContinuousBackupsDescription backups, FactParts parts, CancellationToken cancellationToken) =>
        new TableReader(clients).ReadAsync(table, backups, parts, scaling: null, cancellationToken);

    private static TableFacts Merge(TableFacts now, TableFacts before, FactParts read) => now with
    {
        Tags = read.HasFlag(FactParts.Tags) ? now.Tags : before.Tags,
        Kinesis = read.HasFlag(FactParts.Kinesis) ? now.Kinesis : before.Kinesis,
        Insights = read.HasFlag(FactParts.Insights) ? now.Insights : before.Insights,
        Policy = read.HasFlag(FactParts.Policy) ? now.Policy : before.Policy,
        StreamPolicy = read.HasFlag(FactParts.StreamPolicy) ? now.StreamPolicy : before.StreamPolicy,
        ScalingTargets = read.HasFlag(FactParts.Scaling) ? now.ScalingTargets : before.ScalingTargets,
        ScalingPolicies = read.HasFlag(FactParts.Scaling) ? now.ScalingPolicies : before.ScalingPolicies,
        ScheduledActions = read.HasFlag(FactParts.Scaling) ? now.ScheduledActions : before.ScheduledActions,
    };

    private static FactParts PartOf(Setting setting) => setting switch
    {
        Setting.Tags => FactParts.Tags,
        Setting.ResourcePolicy => FactParts.Policy,
        Setting.StreamPolicy => FactParts.StreamPolicy,
        Setting.Kinesis => FactParts.Kinesis,
        Setting.ContributorInsights => FactParts.Insights,
        Setting.ScalingPolicy or Setting.ScheduledAction or Setting.ScalingTarget => FactParts.Scaling,
        _ => FactParts.None,
    };

    private static FactParts If(bool captured, FactParts part) => captured ? part : FactParts.None;
}
