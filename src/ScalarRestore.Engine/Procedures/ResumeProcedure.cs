using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Procedures.Values;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Procedures;

/// <summary>
/// Takes an interrupted or failed phase up again, in any process, on any day. What the journal says was intended is looked up in the
/// world again: a step that was done is found done, one that was not is done now.
/// </summary>
internal static class ResumeProcedure
{
    /// <summary>Brings the open phase to its end.</summary>
    public static async Task<RestoreRun> RunAsync(ResumeRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var run = await FindAsync(request, services, cancellationToken).ConfigureAwait(false);
        if (run.NextCommand is null ? run.Outcome != RestoreOutcome.Incomplete : Settled(run.Phase))
        {
            services.Host.Information($"Run {run.RunId} is in phase {run.Phase}; nothing was interrupted.");
            return run;
        }

        if (request.WhatIf)
        {
            var done = run.Steps.Where(step => step.State == StepState.Done).Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var step in run.Plan?.Steps.Where(step => !step.ReadOnly && !done.Contains(step.Key)) ?? [])
            {
                await services.Host.ShouldProcessAsync(step.Target, step.Action, cancellationToken).ConfigureAwait(false);
            }

            return run with { NotExecuted = true };
        }

        var left = run.Steps.Count(step => step.State != StepState.Done);
        if (!await services.Host.ShouldProcessAsync($"run {run.RunId}", $"Go on with phase {run.Phase}, {left} of {run.Steps.Count} steps left", cancellationToken).ConfigureAwait(false))
        {
            return run with { NotExecuted = true };
        }

        var journal = await RunLoader.OpenAsync(run, request.Connection, services, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            await journal.AppendAsync(
                JournalKinds.RunResumed,
                step: null,
                PhaseExecutor.ToJson(new { by = $"{Environment.UserName}@{Environment.MachineName}", process = Environment.ProcessId }),
                cancellationToken).ConfigureAwait(false);
            await GoOnAsync(journal, request, services, cancellationToken).ConfigureAwait(false);
            return journal.State.ToRun(journal.Location);
        }
    }

    private static async Task GoOnAsync(RunJournal journal, ResumeRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var state = journal.State;
        if (state.Phase is not { } phase)
        {
            await StopProcedure.GoOnAsync(journal, services, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (phase.Closed)
        {
            // Only the run's own end was still to be written.
            await PhaseExecutor.CloseRunAsync(journal).ConfigureAwait(false);
            return;
        }

        var workloads = state.Opening!.Workloads;
        switch (phase.Plan.Phase)
        {
            case RestorePhase.Restoring:
                var given = state.Consent is { } how ? new ConsentGiven(how) : ConsentGiven.From(request.Force, request.ApprovePlan, phase.Plan);
                var providers = services.Providers(RunWorkloads.Fence(workloads, services));
                await RestoreProcedure.ExecuteAsync(journal, services, providers, given, cancellationToken).ConfigureAwait(false);
                break;
            case RestorePhase.RepairingSchema:
                await RepairSchemaProcedure.GoOnAsync(journal, services, cancellationToken).ConfigureAwait(false);
                break;
            case RestorePhase.UpdatingValues:
                await UpdateValuesProcedure.GoOnAsync(journal, services, new AccountKeys(request.AccountKey, services.Host, new AccountKeyReader(services, state.Databases)), cancellationToken).ConfigureAwait(false);
                break;
            default:
                await PhaseExecutor.RunAsync(journal, services, StartProcedure.Handlers(state, services, request.AccountKey), () => [], cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private static bool Settled(RestorePhase phase) => phase is RestorePhase.Stopped or RestorePhase.Restored or RestorePhase.ValuesUpdated;

    private static async Task<RestoreRun> FindAsync(ResumeRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var runs = await RunLoader.FindAsync(
            new RunQuery
            {
                RunIds = request.RunId is null ? [] : [request.RunId],
                JournalPath = request.JournalPath,
                Connection = request.Connection,
            },
            services,
            cancellationToken).ConfigureAwait(false);
        if (request.RunId is null && runs.Count > 1)
        {
            // "The newest one" would be a guess.
            throw new RestoreException(
                "RunAmbiguous",
                FaultCategory.InvalidArgument,
                $"{runs.Count} runs are there; which one is meant is not clear: {string.Join(", ", runs.Take(5).Select(run => $"{run.RunId} ({run.Phase})"))}.",
                mend: "Name it with -RunId.");
        }

        return runs.Count > 0
            ? runs[0]
            : throw new RestoreException(
                "RunNotFound",
                FaultCategory.ObjectNotFound,
                $"There is no run in {request.JournalPath ?? JournalFolder.Default}.",
                mend: "Name the journal with -JournalPath.");
    }
}
