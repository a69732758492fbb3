using System.Collections.Concurrent;

namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary>A host that remembers what it was told and answers what it was taught.</summary>
internal sealed class RecordingHost : IHostLink
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<string> Processed { get; } = new();

    public ConcurrentQueue<string> Questions { get; } = new();

    public bool Process { get; set; } = true;

    public bool Continue { get; set; } = true;

    public bool CanAsk { get; set; } = true;

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);

    public void Information(string message) => Lines.Enqueue(message);

    public void Progress(ProgressUpdate update)
    {
    }

    public void Journaled(JournalEvent journalEvent)
    {
    }

    public Task<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken)
    {
        Processed.Enqueue($"{action}: {target}");
        return Task.FromResult(Process);
    }

    public Task<bool> ShouldContinueAsync(string query, string caption, CancellationToken cancellationToken)
    {
        Questions.Enqueue(query);
        return Task.FromResult(Continue);
    }
}
