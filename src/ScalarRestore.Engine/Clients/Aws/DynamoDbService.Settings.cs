using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Engine.Clients.Aws;

/// <content>The settings that lie outside a table's own description.</content>
internal sealed partial class DynamoDbService
{
    /// <summary>The table's time to live.</summary>
    public async Task<TimeToLiveDescription?> DescribeTimeToLiveAsync(string table, CancellationToken cancellationToken)
    {
        var request = new DescribeTimeToLiveRequest { TableName = table };
        var answer = await SendAsync("DescribeTimeToLive", table, token => client.DescribeTimeToLiveAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.TimeToLiveDescription;
    }

    /// <summary>Switches time to live on. A lost answer is not repeated: a second call within the hour is refused.</summary>
    public Task EnableTimeToLiveAsync(string table, string attribute, CancellationToken cancellationToken) =>
        OnceAsync(
            "UpdateTimeToLive",
            table,
            token => client.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest
                {
                    TableName = table,
                    TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = attribute, Enabled = true },
                },
                token),
            cancellationToken);

    /// <summary>The table's tags without those of AWS itself, which cannot be set.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string tableArn, CancellationToken cancellationToken)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var request = new ListTagsOfResourceRequest { ResourceArn = tableArn, NextToken = next };
            var page = await SendAsync("ListTagsOfResource", tableArn, token => client.ListTagsOfResourceAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var tag in (page.Tags ?? []).Where(t => !t.Key.StartsWith("aws:", StringComparison.Ordinal)))
                tags[tag.Key] = tag.Value;
            next = page.NextToken;
        }
        while (next is not null);

        return tags;
    }

    /// <summary>Puts tags on the table.</summary>
    public Task TagAsync(string tableArn, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        SendAsync(
            "TagResource",
            tableArn,
            token => client.TagResourceAsync(
                new TagResourceRequest { ResourceArn = tableArn, Tags = [.. tags.Select(t => new Tag { Key = t.Key, Value = t.Value })] },
                token),
            cancellationToken);

    /// <summary>The table's Kinesis destinations that are on or coming up.</summary>
    public async Task<IReadOnlyList<KinesisDataStreamDestination>> DescribeKinesisAsync(string table, CancellationToken cancellationToken)
    {
        var request = new DescribeKinesisStreamingDestinationRequest { TableName = table };
        var answer = await SendAsync(
            "DescribeKinesisStreamingDestination", table, token => client.DescribeKinesisStreamingDestinationAsync(request, token), cancellationToken).ConfigureAwait(false);
        return [.. (answer.KinesisDataStreamDestinations ?? []).Where(IsOn)];

        static bool IsOn(KinesisDataStreamDestination d) =>
            d.DestinationStatus == DestinationStatus.ACTIVE || d.DestinationStatus == DestinationStatus.ENABLING || d.DestinationStatus == DestinationStatus.UPDATING;
    }

    /// <summary>Adds a Kinesis destination. A lost answer is not repeated.</summary>
    public Task EnableKinesisAsync(string table, string streamArn, string? precision, CancellationToken cancellationToken) =>
        OnceAsync(
            "EnableKinesisStreamingDestination",
            table,
            token => client.EnableKinesisStreamingDestinationAsync(
                new EnableKinesisStreamingDestinationRequest
                {
                    TableName = table,
                    StreamArn = streamArn,
                    EnableKinesisStreamingConfiguration = precision is null
                        ? null
                        : new EnableKinesisStreamingConfiguration { ApproximateCreationDateTimePrecision = precision },
                },
                token),
            cancellationToken);

    /// <summary>Contributor insights of the table, or of one of its indexes.</summary>
    public Task<DescribeContributorInsightsResponse?> DescribeInsightsAsync(string table, string? index, CancellationToken cancellationToken) =>
        OrNullAsync(() => SendAsync(
            "DescribeContributorInsights",
            index is null ? table : $"{table}/index/{index}",
            token => client.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = table, IndexName = index }, token),
            cancellationToken));

    /// <summary>Switches contributor insights on.</summary>
    public Task EnableInsightsAsync(string table, string? index, string? mode, CancellationToken cancellationToken) =>
        SendAsync(
            "UpdateContributorInsights",
            index is null ? table : $"{table}/index/{index}",
            token => client.UpdateContributorInsightsAsync(
                new UpdateContributorInsightsRequest
                {
                    TableName = table,
                    IndexName = index,
                    ContributorInsightsAction = ContributorInsightsAction.ENABLE,
                    ContributorInsightsMode = mode,
                },
                token),
            cancellationToken);

    /// <summary>The resource policy of a table or stream; null if it has none.</summary>
    public async Task<string?> GetResourcePolicyAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetResourcePolicyRequest { ResourceArn = arn };
            var answer = await SendAsync("GetResourcePolicy", arn, token => client.GetResourcePolicyAsync(request, token), cancellationToken).ConfigureAwait(false);
            return answer.Policy;
        }
        catch (RestoreException fault) when (fault.ServiceCode is "PolicyNotFoundException")
        {
            return null;
        }
    }

    /// <summary>Sets the resource policy of a table or stream.</summary>
    public Task PutResourcePolicyAsync(string arn, string policy, CancellationToken cancellationToken) =>
        SendAsync(
            "PutResourcePolicy",
            arn,
            token => client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = arn, Policy = policy }, token),
            cancellationToken);
}
