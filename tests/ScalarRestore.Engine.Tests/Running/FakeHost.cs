using System.Collections.Concurrent;
using System.Security;

namespace ScalarRestore.Engine.Tests.Running;

/// <summary>A host that remembers what it was told and answers what it was taught.</summary>
internal sealed class FakeHost : IHostLink
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<ProgressUpdate> Updates { get; } = new();

    public ConcurrentQueue<string> Questions { get; } = new();

    public Func<string, bool> Answer { get; set; } = _ => true;

    public SecureString? Secret { get; set; }

    public Action<JournalEvent> OnJournaled { get; set; } = _ => { };

    public bool CanAsk => true;

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);

    public void Information(string message) => Lines.Enqueue(message);

    public void Progress(ProgressUpdate update) => Updates.Enqueue(update);

    public void Journaled(JournalEvent journalEvent) => OnJournaled(journalEvent);

    public Task<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken) => Ask($"{action}: {target}");

    public Task<bool> ShouldContinueAsync(string query, string caption, CancellationToken cancellationToken) => Ask(query);

    public Task<SecureString?> AskSecretAsync(string caption, CancellationToken cancellationToken)
    {
        Questions.Enqueue(caption);
        return Task.FromResult(Secret);
    }

    private Task<bool> Ask(string question)
    {
        Questions.Enqueue(question);
        return Task.FromResult(Answer(question));
    }
}
