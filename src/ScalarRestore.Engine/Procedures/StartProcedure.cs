using System.Globalization;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide step 4: brings the workloads back to the replica counts that they had.</summary>
internal static class StartProcedure
{
    /// <summary>Plans, asks, and starts. Returns only when every pod is ready and has stayed so.</summary>
    public static async Task<RestoreRun> RunAsync(StartRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var plan = PlanBuilder.Build(
            RestorePhase.Starting, WorkloadPlanner.StartSteps(request.Run.Workloads, request.StableFor, request.Timeout), StopProcedure.Limits);
        if (request.WhatIf)
        {
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
            await PhaseExecutor.RunAsync(journal, services, RunWorkloads.Handlers(workloads, services), () => [], cancellationToken).ConfigureAwait(false);
            return journal.State.ToRun(journal.Location);
        }
    }
}
