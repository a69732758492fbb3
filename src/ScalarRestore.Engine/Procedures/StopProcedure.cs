using System.Globalization;
using System.Reflection;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide step 1: opens a run and brings all of its workloads to zero pods.</summary>
internal static class StopProcedure
{
    private static readonly TimeSpan DefaultTimeout = new StopRequest { Workloads = [] }.Timeout;

    /// <summary>The limits of both guide steps that change releases.</summary>
    public static IReadOnlyDictionary<string, int> Limits { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal) { [WorkloadPlanner.Limit] = WorkloadPlanner.MaxAtOnce };

    /// <summary>Plans, asks, and stops. Returns only when no pod of any workload is left.</summary>
    public static async Task<RestoreRun> RunAsync(StopRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var workloads = await RunWorkloads.RefreshAsync(request.Workloads, services, cancellationToken).ConfigureAwait(false);
        foreach (var warning in WorkloadPreflight.Check(workloads, request.IgnoreBlockers))
        {
            services.Host.Warning(warning);
        }

        var chosen = await RunWorkloads.ChooseAsync(workloads, request, services, cancellationToken).ConfigureAwait(false);
        var plan = PlanBuilder.Build(RestorePhase.Stopping, WorkloadPlanner.StopSteps(chosen, request.Timeout), Limits);

        var location = JournalLocation.Parse(request.JournalPath);
        var opening = Opening(chosen, location, services.Clock.GetUtcNow());
        if (request.WhatIf)
        {
            await PlanPreview.ListAsync(plan, services.Host, cancellationToken).ConfigureAwait(false);
            return PlanPreview.Of(Preview(opening, location), plan);
        }

        foreach (var workload in chosen)
        {
            var target = $"{workload.Before.Cluster} {workload}";
            var action = string.Create(CultureInfo.InvariantCulture, $"Scale in {workload.Before.Product} from {workload.OriginalReplicas} pods to 0");
            if (!await services.Host.ShouldProcessAsync(target, action, cancellationToken).ConfigureAwait(false))
            {
                // All or none: a restore under one running workload would be a restore under live writers.
                services.Host.Warning($"Stopping {workload} was declined, so nothing was stopped.");
                return PlanPreview.Of(Preview(opening, location), plan);
            }
        }

        if (location.File is not null && File.Exists(location.File))
        {
            throw new RestoreException(
                "JournalExists",
                FaultCategory.ResourceExists,
                $"The journal '{location.File}' exists already and belongs to another run.",
                location.File,
                "Give a new file or a folder with -JournalPath, or go on with the run there: Resume-ScalarRestore -JournalPath <file>.");
        }

        var store = await services.Journals.OpenForWritingAsync(location, opening.RunId, chosen[0].Before.Connection, cancellationToken).ConfigureAwait(false);
        var journal = await RunJournal.OpenAsync(store, services.Clock, services.Host, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            await journal.AppendAsync(JournalKinds.RunOpened, step: null, PhaseExecutor.ToJson(opening), cancellationToken).ConfigureAwait(false);
            await PhaseExecutor.PlanAsync(journal, new PhaseRecord { Plan = plan, LeadsTo = RestorePhase.Stopped }, cancellationToken).ConfigureAwait(false);
            services.Host.Information($"Run {opening.RunId} is open; its journal is {journal.Location}");
            await PhaseExecutor.RunAsync(journal, services, RunWorkloads.Handlers(chosen, services), () => [], cancellationToken).ConfigureAwait(false);
            return journal.State.ToRun(journal.Location);
        }
    }

    /// <summary>Plans and runs the stop of a run that was opened and then interrupted before its first plan was written down.</summary>
    public static async Task GoOnAsync(RunJournal journal, EngineServices services, CancellationToken cancellationToken)
    {
        var workloads = journal.State.Opening!.Workloads;
        var plan = PlanBuilder.Build(RestorePhase.Stopping, WorkloadPlanner.StopSteps(workloads, DefaultTimeout), Limits);
        await PhaseExecutor.PlanAsync(journal, new PhaseRecord { Plan = plan, LeadsTo = RestorePhase.Stopped }, cancellationToken).ConfigureAwait(false);
        await PhaseExecutor.RunAsync(journal, services, RunWorkloads.Handlers(workloads, services), () => [], cancellationToken).ConfigureAwait(false);
    }

    private static RunOpening Opening(IReadOnlyList<RunWorkload> workloads, JournalLocation location, DateTimeOffset now) => new()
    {
        RunId = RunIds.New(now),
        OpenedAt = now,
        OpenedBy = $"{Environment.UserName}@{Environment.MachineName}",
        Version = typeof(StopProcedure).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
        JournalArgument = location.Argument,
        Workloads = workloads,
    };

    private static RestoreRun Preview(RunOpening opening, JournalLocation location) => new()
    {
        RunId = opening.RunId,
        JournalPath = location.Argument ?? JournalFolder.Default,
        Phase = RestorePhase.New,
        Outcome = RestoreOutcome.Incomplete,
        Workloads = opening.Workloads,
        OpenedAt = opening.OpenedAt,
    };
}
