using ScalarRestore.Engine.Journal;

namespace ScalarRestore.Engine.Tests.Journal;

/// <summary>A journal store in memory, which can be torn.</summary>
internal sealed class MemoryStore : IJournalStore
{
    public List<string> Lines { get; } = [];

    public string? Torn { get; set; }

    public string Location => "memory";

    public bool IsLocked => true;

    public Task<JournalText> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new JournalText([.. Lines], Torn));

    public Task DropTornAsync(CancellationToken cancellationToken)
    {
        Torn = null;
        return Task.CompletedTask;
    }

    public Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        Lines.Add(line);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
