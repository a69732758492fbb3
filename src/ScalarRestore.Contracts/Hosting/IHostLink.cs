using System.Security;

namespace ScalarRestore.Contracts;

/// <summary>
/// What the engine may ask of whoever runs it: a cmdlet, the drill, a test. Every member may be called from any thread; after the host
/// has stopped, questions end in <see cref="OperationCanceledException"/> and messages are dropped.
/// </summary>
public interface IHostLink
{
    /// <summary>Says something that only matters when looking closely.</summary>
    void Verbose(string message);

    /// <summary>Says something that the operator must see.</summary>
    void Warning(string message);

    /// <summary>Says that a state has changed; at most one line.</summary>
    void Information(string message);

    /// <summary>Shows how far an activity is.</summary>
    void Progress(ProgressUpdate update);

    /// <summary>Tells of a journal record, before and after it is on disk.</summary>
    void Journaled(JournalEvent journalEvent);

    /// <summary>Whether there is anybody to answer <see cref="ShouldContinueAsync"/>.</summary>
    bool CanAsk { get; }

    /// <summary>PowerShell's <c>ShouldProcess</c>: false means that it must not be done (also under <c>-WhatIf</c>).</summary>
    Task<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken);

    /// <summary>PowerShell's <c>ShouldContinue</c>: the one question before what cannot be undone.</summary>
    Task<bool> ShouldContinueAsync(string query, string caption, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a secret, which is not shown while it is typed; null where nothing was given. Only where <see cref="CanAsk"/>.
    /// </summary>
    Task<SecureString?> AskSecretAsync(string caption, CancellationToken cancellationToken);
}
