using System.Globalization;
using System.Security;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Procedures.Values;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide step 4: brings the workloads back to the replica counts that they had.</summary>
internal static class StartProcedure
{
    /// <summary>Plans, asks, and starts. Returns only when every pod is ready and has stayed so.</summary>
    public static async Task<RestoreRun> RunAsync(StartRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        if (request.WhatIf)
        {
            // What the values need is in the journal; a look at the order of the steps does not need it.
            var plan = Plan(request.Run.Workloads, request, []);
            await PlanPreview.ListAsync(plan, services.Host, cancellationToken).ConfigureAwait(false);
            return PlanPreview.Of(request.Run, plan);
        }

        var journal = await RunLoader.OpenAsync(
            request.Run,
            request.Abandon ? RestorePhase.Stopped : RestorePhase.ValuesUpdated,
            state => request.Abandon ? state.Reached == RestorePhase.Stopped || state.IsBeforeGate : state.Reached == RestorePhase.ValuesUpdated,
            services,
            cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            var workloads = journal.State.Opening!.Workloads;
            var plan = Plan(workloads, request, request.Abandon ? [] : journal.State.Pointings);
            foreach (var workload in workloads)
            {
                var target = $"{workload.Before.Cluster} {workload}";
                var action = string.Create(CultureInfo.InvariantCulture, $"Scale out {workload.Before.Product} from 0 to {workload.OriginalReplicas} pods{(request.Abandon ? " on the data that is there, without a restore" : "")}");
                if (!await services.Host.ShouldProcessAsync(target, action, cancellationToken).ConfigureAwait(false))
                {
                    services.Host.Warning($"Starting {workload} was declined, so nothing was started.");
                    return PlanPreview.Of(journal.State.ToRun(journal.Location), plan);
                }
            }

            await PhaseExecutor.PlanAsync(journal, new PhaseRecord { Plan = plan, LeadsTo = RestorePhase.Started, Abandons = request.Abandon }, cancellationToken).ConfigureAwait(false);
            await PhaseExecutor.RunAsync(journal, services, Handlers(journal.State, services, request.AccountKey), () => [], cancellationToken).ConfigureAwait(false);
            return journal.State.ToRun(journal.Location);
        }
    }

    /// <summary>The handlers, which read the values that follow a restore when they are applied.</summary>
    public static IReadOnlyList<IStepHandler> Handlers(RunState state, EngineServices services, SecureString? accountKey) => RunWorkloads.Handlers(
        state.Opening!.Workloads, services, new ReleaseValuesSource(new AccountKeys(accountKey, services.Host, new AccountKeyReader(services, state.Databases))));

    private static RestorePlan Plan(IReadOnlyList<RunWorkload> workloads, StartRequest request, IReadOnlyList<ReleasePointing> pointings) => PlanBuilder.Build(
        RestorePhase.Starting,
        WorkloadPlanner.StartSteps(
            workloads, request.StableFor, request.Timeout, workload => pointings.FirstOrDefault(pointing => pointing.IsFor(workload))?.Values),
        StopProcedure.Limits);
}
