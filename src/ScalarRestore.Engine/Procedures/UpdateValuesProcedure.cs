using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Procedures.Values;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide step 3: points the values at what was restored.</summary>
internal static class UpdateValuesProcedure
{
    private const string NothingRestored = "This run restored no database: the new endpoints are taken as they were given, and what is behind them was not verified.";

    /// <summary>Updates the values of a run's workloads, or files by themselves.</summary>
    public static Task<ValuesUpdate> RunAsync(UpdateValuesRequest request, EngineServices services, CancellationToken cancellationToken) =>
        request.Run is null
            ? FileUpdate.RunAsync(request, services, cancellationToken)
            : RunAsync(request, request.Run, services, cancellationToken);

    private static async Task<ValuesUpdate> RunAsync(
        UpdateValuesRequest request, RestoreRun run, EngineServices services, CancellationToken cancellationToken)
    {
        if (request.WhatIf)
            return await PreviewAsync(request, run, services, cancellationToken).ConfigureAwait(false);

        var journal = await RunLoader.OpenAsync(run, RestorePhase.Restored, state => Fits(state, request), services, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            var state = journal.State;
            var keys = new AccountKeys(request.AccountKey, services.Host, new AccountKeyReader(services, state.Databases));
            var workloads = state.Opening!.Workloads;
            var intent = Intent(request, state.Databases, workloads);
            var concerned = Concerned(WorkloadSelection.Of(workloads, intent.Names), intent);
            var outcome = await PlanAsync(request, intent, concerned, keys, services, cancellationToken).ConfigureAwait(false);
            if (state.Reached == RestorePhase.Stopped)
                outcome = outcome with { Warnings = [NothingRestored, .. outcome.Warnings] };

            foreach (var warning in outcome.Warnings)
                services.Host.Warning(warning);

            TellUnchanged(state, services.Host);
            var planned = outcome.Show(ValuesChangeState.Planned);
            foreach (var change in planned.Where(change => change.State == ValuesChangeState.Planned && change.Target != ValuesTarget.Release))
            {
                if (!await services.Host.ShouldProcessAsync(change.Path, ValuesWords.Action(change), cancellationToken).ConfigureAwait(false))
                {
                    services.Host.Warning($"Changing {change.Path} was declined, so nothing was changed.");
                    return new ValuesUpdate { Run = PlanPreview.Of(state.ToRun(journal.Location) with { Values = planned }, Plan(planned, intent)), Changes = planned };
                }
            }

            var phase = new PhaseRecord
            {
                Plan = Plan(planned, intent),
                LeadsTo = LeadsTo(state, workloads, outcome, request, services.Host),
                Pointings = outcome.Pointings,
                Values = [.. outcome.Show(ValuesChangeState.Changed).Where(change => change.State != ValuesChangeState.Changed).Select(change => change with { Diff = null })],
                Warnings = outcome.Warnings,
            };
            await PhaseExecutor.PlanAsync(journal, phase, cancellationToken).ConfigureAwait(false);
            await PhaseExecutor.RunAsync(journal, services, ValuesHandler.All(services, concerned, keys), () => [], cancellationToken).ConfigureAwait(false);
            return new ValuesUpdate { Run = state.ToRun(journal.Location), Changes = outcome.Show(ValuesChangeState.Changed) };
        }
    }

    /// <summary>Runs what is left of an interrupted update.</summary>
    public static Task GoOnAsync(RunJournal journal, EngineServices services, AccountKeys keys, CancellationToken cancellationToken) =>
        PhaseExecutor.RunAsync(journal, services, ValuesHandler.All(services, journal.State.Opening!.Workloads, keys), () => [], cancellationToken);

    // Databases that were restored by other means need no restore of ours: their endpoints are given by hand.
    private static bool Fits(RunState state, UpdateValuesRequest request) =>
        state.Reached is RestorePhase.Restored or RestorePhase.ValuesUpdated || (state.Reached == RestorePhase.Stopped && request.Endpoints.Count > 0);

    private static async Task<ValuesUpdate> PreviewAsync(
        UpdateValuesRequest request, RestoreRun run, EngineServices services, CancellationToken cancellationToken)
    {
        var intent = Intent(request, run.Databases, run.Workloads);
        var concerned = Concerned(WorkloadSelection.Of(run.Workloads, intent.Names), intent);
        var outcome = await PlanAsync(request, intent, concerned, new AccountKeys(null, services.Host, new AccountKeyReader(services, run.Databases)), services, cancellationToken).ConfigureAwait(false);
        foreach (var warning in outcome.Warnings)
            services.Host.Warning(warning);

        var planned = outcome.Show(ValuesChangeState.Planned);
        var plan = Plan(planned, intent);
        await PlanPreview.ListAsync(plan, services.Host, cancellationToken).ConfigureAwait(false);
        return new ValuesUpdate { Run = PlanPreview.Of(run with { Values = planned }, plan), Changes = planned };
    }

    private static ValuesIntent Intent(UpdateValuesRequest request, IReadOnlyList<RestoredDatabase> databases, IReadOnlyList<RunWorkload> workloads) => new()
    {
        Paths = request.Paths,
        FromRelease = request.FromRelease,
        Names = request.Names,
        UpdateSecret = request.UpdateSecret,
        Changes =
        [
            .. databases.SelectMany(database => WorkloadMoves.Of(database, workloads)),
            .. request.Endpoints,
        ],
    };

    private static async Task<ValuesOutcome> PlanAsync(
        UpdateValuesRequest request,
        ValuesIntent intent,
        IReadOnlyList<RunWorkload> concerned,
        AccountKeys keys,
        EngineServices services,
        CancellationToken cancellationToken)
    {
        var moves = EndpointMove.Read(intent.Changes);
        if (moves.FirstOrDefault(move => !concerned.Any(workload => WorkloadMoves.Of(workload.Before, [move]).Count > 0)) is { } nobodys)
        {
            throw new RestoreException(
                "EndpointNotFound",
                FaultCategory.ObjectNotFound,
                $"No workload of the run{(intent.Names.Count > 0 ? " that is named" : "")} uses {nobodys.Old}.",
                nobodys.Old.ToString(),
                "Get-ScalarWorkload shows the endpoint that each release uses. Nothing was changed.");
        }

        if (concerned.Count == 0)
            return new ValuesOutcome();

        if (intent is { Paths.Count: 0, FromRelease: false })
        {
            throw new RestoreException(
                "PathMissing",
                FaultCategory.InvalidArgument,
                $"{string.Join(", ", concerned)} has to be pointed at {moves[0].New}, and no values were named.",
                concerned[0].ToString(),
                "Name the values files with -Path, in helm's order, or use -FromRelease where there are none. Nothing was changed.");
        }

        if (intent is { Paths.Count: > 0, FromRelease: true })
        {
            throw new RestoreException(
                "PathAndRelease",
                FaultCategory.InvalidArgument,
                "Values come from files or from the releases, and not from both.",
                mend: "Leave out -Path or -FromRelease. Nothing was changed.");
        }

        return await new ValuesWork(services, intent, concerned, keys).PlanAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The workloads whose storages name an endpoint that changed.</summary>
    private static IReadOnlyList<RunWorkload> Concerned(IReadOnlyList<RunWorkload> workloads, ValuesIntent intent)
    {
        var moves = EndpointMove.Read(intent.Changes);
        return [.. workloads.Where(workload => WorkloadMoves.Of(workload.Before, moves).Count > 0)];
    }

    private static RestorePlan Plan(IReadOnlyList<ValuesChange> planned, ValuesIntent intent)
    {
        var secrets = planned.Where(change => change is { Target: ValuesTarget.Secret, State: ValuesChangeState.Planned }).ToList();
        var files = planned.Where(change => change is { Target: ValuesTarget.File, State: ValuesChangeState.Planned }).ToList();
        var first = secrets.ConvertAll(change => Step("secret", ValuesHandler.SecretKind, change, intent, []));
        return PlanBuilder.Build(
            RestorePhase.UpdatingValues,
            [.. first, .. files.Select(change => Step("file", ValuesHandler.FileKind, change, intent, [.. first.Select(step => step.Key)]))],
            new Dictionary<string, int>(StringComparer.Ordinal));
    }

    private static PlannedStep Step(string word, string kind, ValuesChange change, ValuesIntent intent, IReadOnlyList<string> dependsOn) => new()
    {
        Key = $"{word}:{change.Path}",
        Kind = kind,
        Target = change.Path,
        Action = ValuesWords.Action(change),
        DependsOn = dependsOn,
        Input = PhaseExecutor.ToJson(new ValuesStepInput(intent, change with { Diff = null })),
    };

    /// <summary>Where there are workloads left whose values have not been updated, the run stays where it is.</summary>
    private static RestorePhase LeadsTo(
        RunState state, IReadOnlyList<RunWorkload> workloads, ValuesOutcome outcome, UpdateValuesRequest request, IHostLink host)
    {
        if (request.Names.Count == 0)
            return RestorePhase.ValuesUpdated;

        var intent = Intent(request, state.Databases, workloads);
        var left = Concerned(workloads, intent)
            .Where(workload => !outcome.Pointings.Concat(state.Pointings).Any(pointing => pointing.IsFor(workload)))
            .ToList();
        if (left.Count == 0)
            return RestorePhase.ValuesUpdated;

        host.Information($"Still to be updated: {string.Join(", ", left)}.");
        return state.Reached == RestorePhase.Stopped ? RestorePhase.Stopped : RestorePhase.Restored;
    }

    private static void TellUnchanged(RunState state, IHostLink host)
    {
        foreach (var database in state.Databases.Where(database => WorkloadMoves.Of(database, state.Opening!.Workloads).Count == 0))
            host.Information($"{database.Kind} {database.Identity}: it keeps its names and its endpoint; nothing to change in the values.");
    }
}
