using System.Text.Json.Nodes;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Journal;

/// <summary>The step ledger over a run's journal.</summary>
internal sealed class JournalLedger(RunJournal journal, string runId, IHostLink host) : IStepLedger
{
    private readonly object _gate = new();
    private Task _pendingWarnings = Task.CompletedTask;

    /// <inheritdoc/>
    public string RunId => runId;

    /// <inheritdoc/>
    public string ResumeCommand => NextCommands.Resume(runId, journal.State.Opening?.JournalArgument);

    /// <inheritdoc/>
    public bool IsDone(string stepKey) => journal.State.StateOf(stepKey) == StepState.Done;

    /// <inheritdoc/>
    public JsonObject? EvidenceOf(string stepKey) => journal.State.EvidenceOf(stepKey);

    /// <inheritdoc/>
    public TimeSpan? Took(string stepKey) => journal.State.Took(stepKey);

    /// <inheritdoc/>
    public async Task<StepBegun> BeginAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        await journal.AppendAsync(JournalKinds.StepIntended, step.Key, [], cancellationToken).ConfigureAwait(false);
        return new StepBegun(journal.State.BegunAt(step.Key)!.Value, journal.State.OperationOf(step.Key));
    }

    /// <inheritdoc/>
    public Task OperationStartedAsync(PlannedStep step, string operationId, CancellationToken cancellationToken) =>
        journal.AppendAsync(JournalKinds.OperationStarted, step.Key, new JsonObject { ["id"] = operationId }, cancellationToken);

    /// <inheritdoc/>
    public Task DoneAsync(PlannedStep step, JsonObject evidence, CancellationToken cancellationToken) =>
        journal.AppendAsync(JournalKinds.StepDone, step.Key, new JsonObject { ["evidence"] = evidence.DeepClone() }, cancellationToken);

    /// <inheritdoc/>
    public Task FailedAsync(PlannedStep step, Exception fault, CancellationToken cancellationToken)
    {
        var known = fault as RestoreException;
        return journal.AppendAsync(
            JournalKinds.StepFailed,
            step.Key,
            new JsonObject { ["error"] = fault.Message, ["id"] = known?.Id ?? fault.GetType().Name, ["mend"] = known?.Mend },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Warn(PlannedStep step, string message)
    {
        var text = Redactor.Redact($"{step.Key}: {message}");
        host.Warning(text);
        lock (_gate)
        {
            _pendingWarnings = AppendAfterAsync(_pendingWarnings, text);
        }
    }

    /// <summary>Ends when every warning is on disk; throws what kept one from being written.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            return _pendingWarnings;
        }
    }

    private async Task AppendAfterAsync(Task before, string text)
    {
        await before.ConfigureAwait(false);
        await journal.AppendAsync(JournalKinds.Warning, step: null, new JsonObject { ["message"] = text }, CancellationToken.None).ConfigureAwait(false);
    }
}
