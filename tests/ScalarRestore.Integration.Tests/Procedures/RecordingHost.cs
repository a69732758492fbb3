using System.Collections.Concurrent;
using System.Security;
using ScalarRestore.Integration.Tests.Workloads;

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

    public SecureString? Secret { get; set; }

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);

    public void Information(string message) => Lines.Enqueue(message);

    public void Progress(ProgressUpdate update) => Lines.Enqueue($"{update.Activity} {update.Status}");

    /// <summary>The number of the journal record, those before and after it is on disk counted apart, at which the process dies; 0 for never.</summary>
    public int DiesAt { get; set; }

    /// <summary>How many of them there were.</summary>
    public int Records { get; private set; }

    public void Journaled(JournalEvent journalEvent)
    {
        // Whoever is dead writes no more.
        Records++;
        if (DiesAt > 0 && Records >= DiesAt)
            throw new CrashException();
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

    public Task<SecureString?> AskSecretAsync(string caption, CancellationToken cancellationToken)
    {
        Questions.Enqueue(caption);
        return Task.FromResult(Secret);
    }
}
