using ScalarRestore.Engine.Journal;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Finds the journal of a run again and opens it.</summary>
internal static class RunLoader
{
    /// <summary>Opens the journal of a run that was handed over, and checks that the run is in the phase that the command needs.</summary>
    /// <param name="run">The run.</param>
    /// <param name="needed">The phase, for the message.</param>
    /// <param name="fits">Whether the run's state will do.</param>
    /// <param name="services">The clients.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<RunJournal> OpenAsync(
        RestoreRun run, RestorePhase needed, Func<RunState, bool> fits, EngineServices services, CancellationToken cancellationToken)
    {
        if (run.NotExecuted)
        {
            throw new RestoreException(
                "RunNotExecuted",
                FaultCategory.InvalidOperation,
                $"Run {run.RunId} was only planned (-WhatIf or -PlanOnly, or its change was declined); there is nothing to go on from.",
                run.RunId,
                "Run the command before this one without -WhatIf.");
        }

        var connection = run.Workloads.Count > 0 ? run.Workloads[0].Before.Connection : new KubernetesConnection();
        var journal = await OpenAsync(run, connection, services, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!fits(journal.State))
            {
                throw WrongPhase(journal.State, run, needed);
            }

            return journal;
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens the journal of a run for writing, in whatever phase it is.</summary>
    public static async Task<RunJournal> OpenAsync(
        RestoreRun run, KubernetesConnection connection, EngineServices services, CancellationToken cancellationToken)
    {
        var location = JournalLocation.Parse(run.JournalPath);
        if (location.File is not null)
        {
            _ = location.Files();
        }

        var store = await services.Journals.OpenForWritingAsync(location, run.RunId, connection, cancellationToken).ConfigureAwait(false);
        var journal = await RunJournal.OpenAsync(store, services.Clock, services.Host, cancellationToken).ConfigureAwait(false);
        if (string.Equals(journal.State.Opening?.RunId, run.RunId, StringComparison.Ordinal))
        {
            return journal;
        }

        await journal.DisposeAsync().ConfigureAwait(false);
        throw new RestoreException(
            "JournalNotFound",
            FaultCategory.ObjectNotFound,
            $"{run.JournalPath} does not hold the journal of run {run.RunId}.",
            run.JournalPath,
            "Check -JournalPath and, for a journal in a ConfigMap, that the context leads to the cluster that keeps it.");
    }

    /// <summary>The runs that a query asks for, newest first.</summary>
    public static async Task<IReadOnlyList<RestoreRun>> FindAsync(RunQuery query, EngineServices services, CancellationToken cancellationToken)
    {
        var location = JournalLocation.Parse(query.JournalPath);
        var found = await services.Journals.ReadAsync(
            location, id => RunIds.Fits(id, query.RunIds), query.Connection, Unreadable, cancellationToken).ConfigureAwait(false);
        foreach (var id in query.RunIds.Where(RunIds.IsExact))
        {
            if (!found.Any(run => string.Equals(run.State.Opening!.RunId, id, StringComparison.OrdinalIgnoreCase)))
            {
                throw new RestoreException(
                    "RunNotFound",
                    FaultCategory.ObjectNotFound,
                    $"There is no run '{id}' in {location.Argument ?? JournalFolder.Default}.",
                    id,
                    "List the runs with Get-ScalarRestoreRun; give -JournalPath if the run was opened with one.");
            }
        }

        return [.. found.Select(run => run.State.ToRun(run.Location))];

        void Unreadable(RestoreException fault)
        {
            // A journal that was asked for by name has to be told; among many it must not hide the others.
            if (location.File is not null || query.RunIds.Any(RunIds.IsExact))
            {
                throw fault;
            }

            services.Host.Warning(fault.Message);
        }
    }

    private static RestoreException WrongPhase(RunState state, RestoreRun run, RestorePhase needed)
    {
        var next = NextCommands.For(state.Reached, run.RunId, state.Opening?.JournalArgument, state.HasMoved);
        return new RestoreException(
            "WrongPhase",
            FaultCategory.InvalidOperation,
            $"Run {run.RunId} is in phase {state.Reached}; this command needs {needed}.",
            run.RunId,
            next is null ? "The run is over; open a new one with Stop-ScalarWorkload." : $"Go on with: {next}");
    }
}
