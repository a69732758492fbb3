using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Verification;

/// <summary>
/// Reads a table in full with consistent reads, in parallel segments, and keeps nothing but sums: the memory does not grow with the table.
/// </summary>
internal sealed class TableContentHasher(DynamoDbService service)
{
    private const long BytesPerSegment = 64L << 20;
    private const int MostSegments = 8;

    /// <summary>Reads the table.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="approximateBytes">The service's idea of its size; it only decides how many segments are read at once.</param>
    /// <param name="report">Gets the number of items read so far.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<TableContent> ReadAsync(string table, long approximateBytes, Action<long>? report, CancellationToken cancellationToken)
    {
        var segments = (int)Math.Clamp(approximateBytes / BytesPerSegment, 1, MostSegments);
        var seen = new long[1];
        var parts = await Task.WhenAll(
            Enumerable.Range(0, segments).Select(s => ReadSegmentAsync(table, s, segments, n => report?.Invoke(Interlocked.Add(ref seen[0], n)), cancellationToken))).ConfigureAwait(false);

        var (digest, times) = (new ContentDigest(), new RowTimes());
        foreach (var part in parts)
        {
            digest.Merge(part.Digest);
            times.Merge(part.Times);
        }

        return new TableContent(digest.Count, digest.ToHex(), times.Newest, times.Unfinished);
    }

    private async Task<(ContentDigest Digest, RowTimes Times)> ReadSegmentAsync(
        string table, int segment, int segments, Action<int> read, CancellationToken cancellationToken)
    {
        var (digest, times, encoder) = (new ContentDigest(), new RowTimes(), new ItemEncoder());
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var request = new ScanRequest
            {
                TableName = table,
                ConsistentRead = true,
                Segment = segments > 1 ? segment : null,
                TotalSegments = segments > 1 ? segments : null,
                ExclusiveStartKey = start,
            };
            var page = await service.ScanAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items ?? [])
            {
                digest.Add(encoder.Encode(item));
                times.Add(item);
            }

            read(page.Items?.Count ?? 0);
            start = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
        }
        while (start is not null);

        return (digest, times);
    }
}
