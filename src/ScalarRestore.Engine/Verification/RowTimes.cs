using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Engine.Verification;

/// <summary>
/// What ScalarDB's own columns say about a table: the newest transaction in it, and rows that a transaction has left between its two phases.
/// A row newer than the restore point shows that the table went to another time than it should have.
/// </summary>
internal sealed class RowTimes
{
    private const string Prepared = "1";
    private const string Deleted = "2";

    /// <summary>The newest <c>tx_committed_at</c>, <c>tx_prepared_at</c> or <c>tx_created_at</c>, in milliseconds since 1970; null if no row has one.</summary>
    public long? NewestMilliseconds { get; private set; }

    /// <summary>Rows that are PREPARED or DELETED: a read through ScalarDB rolls them forward or back.</summary>
    public long Unfinished { get; private set; }

    /// <summary>The newest time.</summary>
    public DateTimeOffset? Newest => NewestMilliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>Looks at one row.</summary>
    public void Add(Dictionary<string, AttributeValue> item)
    {
        if (!item.ContainsKey("tx_id"))
            return;

        See(item, "tx_committed_at");
        See(item, "tx_prepared_at");
        See(item, "tx_created_at");
        if (item.ContainsKey("tx_version") && item.TryGetValue("tx_state", out var state) && state.N is Prepared or Deleted)
            Unfinished++;
    }

    /// <summary>Adds what another has seen.</summary>
    public void Merge(RowTimes other)
    {
        See(other.NewestMilliseconds);
        Unfinished += other.Unfinished;
    }

    // A user's own column of that name may hold anything; only what is a time in this era counts.
    private void See(Dictionary<string, AttributeValue> item, string column)
    {
        if (item.TryGetValue(column, out var value)
            && long.TryParse(value.N, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            See(ms);
        }
    }

    private void See(long? milliseconds)
    {
        if (milliseconds is { } ms && !(NewestMilliseconds >= ms))
            NewestMilliseconds = ms;
    }
}
