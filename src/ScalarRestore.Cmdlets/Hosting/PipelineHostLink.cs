using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>The engine's way to the operator: every message and question is brought to the pipeline thread, the only one that may write.</summary>
internal sealed class PipelineHostLink : IHostLink, IDisposable
{
    private static readonly string[] Tags = ["ScalarRestore"];

    private readonly PSCmdlet _cmdlet;
    private readonly PipelinePump _pump;
    private readonly IProgressSink _progress;

    /// <summary>Links a cmdlet over the pump of one call.</summary>
    public PipelineHostLink(PSCmdlet cmdlet, PipelinePump pump)
    {
        _cmdlet = cmdlet;
        _pump = pump;
        _progress = HostTraits.ShowsProgress(cmdlet) ? new ProgressBoard(cmdlet.WriteProgress, pump.Post) : new HeartbeatLines(Information);
    }

    /// <inheritdoc/>
    public bool CanAsk => HostTraits.CanAsk(_cmdlet);

    /// <inheritdoc/>
    public void Verbose(string message) => _pump.Post(() => _cmdlet.WriteVerbose(message));

    /// <inheritdoc/>
    public void Warning(string message) => _pump.Post(() => _cmdlet.WriteWarning(message));

    /// <inheritdoc/>
    public void Information(string message) => _pump.Post(() => _cmdlet.WriteInformation(message, Tags));

    /// <inheritdoc/>
    public void Progress(ProgressUpdate update) => _progress.Update(update);

    /// <inheritdoc/>
    public void Journaled(JournalEvent journalEvent)
    {
        if (journalEvent.Persisted)
            _pump.Post(() => _cmdlet.WriteDebug($"Journal {journalEvent.Sequence}: {journalEvent.Kind} {journalEvent.Step}"));
    }

    /// <inheritdoc/>
    public Task<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken) =>
        _pump.AskAsync(() => Consent(() => _cmdlet.ShouldProcess(target, action), target, "-Confirm:$false"), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ShouldContinueAsync(string query, string caption, CancellationToken cancellationToken) =>
        _pump.AskAsync(
            () => Consent(() => _cmdlet.ShouldContinue(query, caption), caption, "-Force, or -ApprovePlan with the digest of the plan,"),
            cancellationToken);

    /// <inheritdoc/>
    public Task<SecureString?> AskSecretAsync(string caption, CancellationToken cancellationToken) =>
        _pump.AskAsync(() => Prompt(() => Secret(caption), caption, "-AccountKey"), cancellationToken);

    /// <summary>Shows the last news and takes the bars away; on the pipeline thread.</summary>
    public void Finish()
    {
        try
        {
            _progress.Finish();
        }
        catch (PipelineStoppedException)
        {
            // The pipeline is being stopped and the host takes its bars away itself.
            return;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _progress.Dispose();

    private static bool Consent(Func<bool> ask, string target, string parameter) =>
        Prompt(ask, target, $"{parameter} to consent without a prompt", review: true);

    private SecureString? Secret(string caption)
    {
        var fields = new System.Collections.ObjectModel.Collection<FieldDescription> { new(caption) { Label = caption } };
        fields[0].SetParameterType(typeof(SecureString));
        Dictionary<string, PSObject> answers = _cmdlet.Host.UI.Prompt("", "", fields);
        return answers.TryGetValue(caption, out PSObject? answer) && answer?.BaseObject is SecureString { Length: > 0 } secret ? secret : null;
    }

    // A session without a prompt fails here, and PowerShell's own words do not say what to do about it.
    private static T Prompt<T>(Func<T> ask, string target, string parameter, bool review = false)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException or PSNotImplementedException)
        {
            throw new RestoreException(
                review ? "ConsentNeeded" : "AnswerNeeded",
                FaultCategory.InvalidOperation,
                review ? $"This has to be confirmed, and the session cannot ask: {target}" : $"This has to be asked for, and the session cannot ask: {target}",
                target,
                review ? $"Review with -WhatIf, then run the command again with {parameter}." : $"Give it with {parameter}.",
                e);
        }
    }
}
