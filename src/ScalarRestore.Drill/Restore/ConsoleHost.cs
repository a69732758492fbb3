using System.Security;
using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>Prints what the engine says, and answers its questions with yes: a drill has consented to everything.</summary>
internal sealed class ConsoleHost(TextWriter output, bool verbose, KillPoint? killPoint) : IHostLink
{
    private readonly Lock _gate = new();
    private string? _activity;
    private int _shown = -1;

    /// <inheritdoc/>
    public bool CanAsk => true;

    /// <inheritdoc/>
    public void Verbose(string message)
    {
        // Information tells every change of state; this would only double it.
    }

    /// <inheritdoc/>
    public void Warning(string message) => Print($"  ! {message}");

    /// <inheritdoc/>
    public void Information(string message)
    {
        if (verbose)
        {
            Print($"    {message}");
        }
    }

    /// <inheritdoc/>
    public void Progress(ProgressUpdate update)
    {
        if (update.Parent is not null || update.Percent is not { } percent || update.Completed)
        {
            return;
        }

        lock (_gate)
        {
            if (!string.Equals(_activity, update.Activity, StringComparison.Ordinal))
            {
                (_activity, _shown) = (update.Activity, -1);
                output.WriteLine($"  {update.Activity}");
            }

            if (percent / 20 > _shown)
            {
                _shown = percent / 20;
                output.WriteLine($"    {percent,3} %  {update.Status}");
            }
        }
    }

    /// <inheritdoc/>
    public void Journaled(JournalEvent journalEvent) => killPoint?.Pass(journalEvent);

    /// <inheritdoc/>
    public Task<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken)
    {
        Print($"  {action}: {target}");
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<bool> ShouldContinueAsync(string query, string caption, CancellationToken cancellationToken)
    {
        Print($"  {query} Yes.");
        return Task.FromResult(true);
    }

    /// <summary>Nobody types here: the engine has to read by itself what it needs.</summary>
    public Task<SecureString?> AskSecretAsync(string caption, CancellationToken cancellationToken) => Task.FromResult<SecureString?>(null);

    private void Print(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
        }
    }
}
