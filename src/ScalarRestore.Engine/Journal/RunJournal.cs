using System.Text.Json.Nodes;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Journal;

/// <summary>
/// The history of one run, open for writing. Records are written one at a time, each before the change that it announces; the state of the
/// run is what its records add up to.
/// </summary>
internal sealed class RunJournal : IAsyncDisposable
{
    private readonly IJournalStore _store;
    private readonly TimeProvider _clock;
    private readonly IHostLink _host;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string _hash = JournalLine.Genesis;
    private int _sequence;

    private RunJournal(IJournalStore store, TimeProvider clock, IHostLink host)
    {
        _store = store;
        _clock = clock;
        _host = host;
    }

    /// <summary>What the records add up to.</summary>
    public RunState State { get; } = new();

    /// <summary>Where the journal is.</summary>
    public string Location => _store.Location;

    /// <summary>Opens a journal for writing, reads what is there and drops a torn last line.</summary>
    /// <exception cref="RestoreException">The journal was tampered with.</exception>
    public static async Task<RunJournal> OpenAsync(IJournalStore store, TimeProvider clock, IHostLink host, CancellationToken cancellationToken)
    {
        var journal = new RunJournal(store, clock, host);
        try
        {
            var text = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var record in Read(text, store.Location, out var hash))
            {
                journal.State.Apply(record);
                journal._sequence = record.Sequence;
                journal._hash = hash[record.Sequence - 1];
            }

            if (text.Torn is not null)
            {
                host.Verbose($"The last line of '{store.Location}' was torn by a crash and is dropped.");
                await store.DropTornAsync(cancellationToken).ConfigureAwait(false);
            }

            return journal;
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The state of a run from its lines, for a look.</summary>
    public static RunState ReadState(JournalText text, string location)
    {
        var state = new RunState();
        foreach (var record in Read(text, location, out _))
        {
            state.Apply(record);
        }

        return state;
    }

    /// <summary>Writes a fact down. When this returns it would survive a power loss.</summary>
    public async Task AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Only free text is redacted: it may quote what a service said. Plans and evidence are facts that are run and compared again, hold
            // no secrets by construction, and would be falsified by a mask where an attribute happens to be called "secret".
            var isFreeText = kind is JournalKinds.StepFailed or JournalKinds.Warning;
            var record = new JournalRecord(_sequence + 1, _clock.GetUtcNow(), kind, step, isFreeText ? Redactor.Redact(data) : data);
            var line = JournalLine.Write(record, _hash, out var hash);
            _host.Journaled(new JournalEvent(record.Sequence, kind, step, Persisted: false));
            await _store.AppendAsync(line, cancellationToken).ConfigureAwait(false);
            (_sequence, _hash) = (record.Sequence, hash);
            State.Apply(record);
            _host.Journaled(new JournalEvent(record.Sequence, kind, step, Persisted: true));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private static List<JournalRecord> Read(JournalText text, string location, out List<string> hashes)
    {
        var records = new List<JournalRecord>(text.Lines.Count);
        hashes = new List<string>(text.Lines.Count);
        var previous = JournalLine.Genesis;
        foreach (var line in text.Lines)
        {
            var record = JournalLine.TryRead(line, previous, records.Count + 1, out previous)
                ?? throw new RestoreException(
                    "JournalTampered",
                    FaultCategory.InvalidData,
                    $"Line {records.Count + 1} of the journal '{location}' is not what was written there. It was changed, or lines are missing or out of order.",
                    location,
                    "Restore the journal from a copy. Without it, look at the cloud's own state before changing anything by hand.");
            records.Add(record);
            hashes.Add(previous);
        }

        return records;
    }
}
