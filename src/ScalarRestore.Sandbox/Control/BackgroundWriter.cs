using System.Buffers.Binary;
using System.Globalization;
using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Control;

/// <summary>
/// The application that a restore must stop: as long as its pods run it writes to the tables, straight into the store, and notes in what
/// state each table was. A restore that forgot a pod shows here.
/// </summary>
internal sealed class BackgroundWriter(SandboxClock clock, DynamoDbService dynamoDb, IPodSource pods) : IAsyncDisposable
{
    // Finer than this no timer is; at a high time scale several rounds then share one tick.
    private static readonly TimeSpan SmallestTick = TimeSpan.FromMilliseconds(4);
    private const int MostRoundsPerTick = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, WriterTally> _tallies = new(StringComparer.Ordinal);
    private CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private bool _running;
    private int _runningPods;
    private bool _hasSeenPods;
    private DateTimeOffset? _endedAt;
    private long _sequence;

    /// <summary>Begins anew; all counts start at zero, the sequence goes on.</summary>
    public async Task StartAsync(WriterPlan plan)
    {
        if (plan.Mode != "put" || plan.IntervalSeconds <= 0)
            throw new ArgumentException("The writer knows mode 'put', and an interval above zero.", nameof(plan));

        await StopAsync();
        lock (_lock)
        {
            _tallies.Clear();
            foreach (var table in plan.Tables)
                _tallies[table] = new WriterTally();

            _running = true;
            _hasSeenPods = false;
            _endedAt = null;
            _stop = new CancellationTokenSource();
            _loop = LoopAsync(plan, _stop.Token);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public WriterReport Report()
    {
        lock (_lock)
        {
            return new WriterReport(_running, _runningPods, _hasSeenPods, _endedAt, _sequence,
                _tallies.ToDictionary(t => t.Key, t => t.Value.Copy(), StringComparer.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task LoopAsync(WriterPlan plan, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var interval = TimeSpan.FromSeconds(plan.IntervalSeconds);
        var due = clock.Now;
        try
        {
            while (Look(plan))
            {
                var rounds = 0;
                for (; due <= clock.Now && rounds < MostRoundsPerTick; rounds++)
                {
                    Round(plan);
                    due += interval;
                }

                // What one tick cannot catch up with is left out.
                if (rounds == MostRoundsPerTick)
                    due = clock.Now + interval;

                var wait = (due - clock.Now) / clock.Scale;
                await Task.Delay(wait > SmallestTick ? wait : SmallestTick, cancellationToken);
            }
        }
        finally
        {
            lock (_lock)
            {
                _running = false;
                _endedAt = clock.Now;
            }
        }
    }

    private bool Look(WriterPlan plan)
    {
        var count = pods.RunningPods(plan.Namespace, plan.Labels);
        lock (_lock)
        {
            _runningPods = count;
            _hasSeenPods |= count > 0;
            return count > 0 || plan.Resumes || !_hasSeenPods;
        }
    }

    private void Round(WriterPlan plan)
    {
        lock (_lock)
        {
            if (_runningPods == 0)
                return;

            _sequence++;
        }

        var region = dynamoDb.Region(plan.Account, plan.Region);
        foreach (var name in plan.Tables)
        {
            lock (region.Lock)
            {
                var now = region.Advance();
                Note(name, Write(region, name, now), now);
            }
        }
    }

    private (string State, bool IsAccepted, string? Id) Write(DynamoDbRegion region, string name, DateTimeOffset now)
    {
        if (region.Find(name) is not { } table)
            return ("missing", false, null);

        if (table.Status == "CREATING" || (table.Status == "DELETING" && !region.Settings.PendingWritesAfterDeleteAccepted))
            return (table.Status, false, table.Id);

        var item = MakeItem(table, now);
        table.Items.Set(table.Shape.Keys.KeyOf(item.Attributes, isKeyOnly: false), item, now);
        return (table.Status, true, table.Id);
    }

    private Item MakeItem(Table table, DateTimeOffset now)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["sandbox_writer_sequence"] = AttributeValue.Number(_sequence.ToString(CultureInfo.InvariantCulture)),
            ["sandbox_writer_at"] = AttributeValue.Number(now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        };
        var keys = table.Shape.Keys;
        attributes[keys.HashName] = KeyValue(keys.HashType);
        if (keys.RangeName is { } range)
            attributes[range] = KeyValue(keys.RangeType);

        return new Item(attributes);
    }

    private AttributeValue KeyValue(AttributeType type)
    {
        switch (type)
        {
            case AttributeType.N:
                return AttributeValue.Number(_sequence.ToString(CultureInfo.InvariantCulture));
            case AttributeType.B:
                var bytes = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(bytes, _sequence);
                return AttributeValue.Binary(bytes);
            default:
                return AttributeValue.String("sandbox-writer-" + _sequence.ToString("D10", CultureInfo.InvariantCulture));
        }
    }

    private void Note(string name, (string State, bool IsAccepted, string? Id) write, DateTimeOffset now)
    {
        lock (_lock)
        {
            var tally = _tallies[name];
            tally.WritesByTableState[write.State] = tally.WritesByTableState.GetValueOrDefault(write.State) + 1;
            if (!write.IsAccepted)
            {
                tally.Refused++;
                return;
            }

            tally.Writes++;
            tally.FirstWrite ??= now;
            tally.LastWrite = now;
            if (tally.TableIds.Count == 0 || !string.Equals(tally.TableIds[^1], write.Id, StringComparison.Ordinal))
                tally.TableIds.Add(write.Id!);
        }
    }
}
