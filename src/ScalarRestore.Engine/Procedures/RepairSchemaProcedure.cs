using System.Text.Json;
using ScalarRestore.Engine.Databases.CosmosDb;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Schema;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide, Cosmos DB, step 4: brings back what ScalarDB keeps in an account beside its data. The run stays in its phase.</summary>
internal static class RepairSchemaProcedure
{
    /// <summary>Plans, asks, repairs, and sees that every container can be written into.</summary>
    public static async Task<RestoreRun> RunAsync(RepairSchemaRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        if (request.WhatIf)
            return await PreviewAsync(request, services, cancellationToken).ConfigureAwait(false);

        var journal = await RunLoader.OpenAsync(request.Run, RestorePhase.Restored, Fits, services, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            var state = journal.State;
            var warnings = new List<string>();
            var plan = await PlanAsync(request, state.Restored, state.Databases, state.Opening!.Workloads, warnings, cancellationToken).ConfigureAwait(false);
            foreach (var warning in warnings)
                services.Host.Warning(warning);

            foreach (var step in plan.Steps.Where(step => !step.ReadOnly))
            {
                if (!await services.Host.ShouldProcessAsync(step.Target, step.Action, cancellationToken).ConfigureAwait(false))
                {
                    services.Host.Warning($"Repairing {step.Target} was declined, so nothing was changed.");
                    return PlanPreview.Of(state.ToRun(journal.Location), plan);
                }
            }

            // One that was interrupted is planned anew, perhaps in another way, and leads to where that one did.
            var leadsTo = state.Reached == RestorePhase.RepairingSchema ? state.Phase!.LeadsTo : state.Reached;
            await PhaseExecutor.PlanAsync(journal, new PhaseRecord { Plan = plan, LeadsTo = leadsTo, Warnings = warnings }, cancellationToken).ConfigureAwait(false);
            await GoOnAsync(journal, services, cancellationToken).ConfigureAwait(false);
            return state.ToRun(journal.Location);
        }
    }

    /// <summary>Runs what is left of a repair.</summary>
    public static async Task GoOnAsync(RunJournal journal, EngineServices services, CancellationToken cancellationToken)
    {
        var provider = new CosmosProvider(() => services.Arm, services.Clock, services.Mode, services.Azure);
        await PhaseExecutor.RunAsync(journal, services, [.. provider.Handlers, new LoaderHandler(services.Host.Verbose)], () => [], cancellationToken).ConfigureAwait(false);
        foreach (var step in journal.State.Phase!.Plan.Steps.Where(step => step.Kind == CosmosPlanner.Kind("mutate")))
        {
            var account = journal.State.EvidenceOf(step.Key)!.Deserialize<WritableAccount>(PlanJson.Options)!;
            services.Host.Information($"{account.Name}: all {account.Containers} containers that ScalarDB writes into have their stored procedure.");
        }
    }

    private static bool Fits(RunState state) => state.Reached is RestorePhase.Restored or RestorePhase.ValuesUpdated or RestorePhase.RepairingSchema;

    private static async Task<RestoreRun> PreviewAsync(RepairSchemaRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var run = request.Run;
        var restored = run.NotExecuted && run.Plan?.Phase == RestorePhase.Restoring ? run.Plan : null;
        if (restored is null)
        {
            var location = JournalLocation.Parse(run.JournalPath);
            var connection = run.Workloads.Count > 0 ? run.Workloads[0].Before.Connection : new KubernetesConnection();
            var found = await services.Journals.ReadAsync(location, id => id == run.RunId, connection, fault => throw fault, cancellationToken).ConfigureAwait(false);
            restored = found.Count > 0 ? found[0].State.Restored : null;
        }

        var warnings = new List<string>();
        var plan = await PlanAsync(request, restored, run.Databases, run.Workloads, warnings, cancellationToken).ConfigureAwait(false);
        foreach (var warning in warnings)
            services.Host.Warning(warning);

        await PlanPreview.ListAsync(plan, services.Host, cancellationToken).ConfigureAwait(false);
        return PlanPreview.Of(run, plan);
    }

    private static async Task<RestorePlan> PlanAsync(
        RepairSchemaRequest request, RestorePlan? restored, IReadOnlyList<RestoredDatabase> databases, IReadOnlyList<RunWorkload> workloads, List<string> warnings, CancellationToken cancellationToken)
    {
        var accounts = restored is null ? [] : SchemaPlanner.Accounts(restored, databases);
        if (accounts.Count == 0)
        {
            throw new RestoreException(
                "NothingToRepair",
                FaultCategory.InvalidOperation,
                $"Run {request.Run.RunId} restored no Cosmos DB account, and only there a restore leaves the schema incomplete.",
                request.Run.RunId,
                "Leave this step out. Nothing was changed.");
        }

        if (request.Method == SchemaRepairMethod.Copy)
        {
            if (request is { LoaderPath: null, ConfigPath: null, SchemaFiles.Count: 0, SkipCoordinator: false })
                return SchemaPlanner.Plan(accounts, restored!.Limits, loader: null);

            throw new RestoreException(
                "SchemaLoaderInput",
                FaultCategory.InvalidArgument,
                "Schema Loader's jar, properties, schema files and -SkipCoordinator are for -Method Loader; -Method Copy uses none of them.",
                mend: "Leave them out, or say -Method Loader. Nothing was changed.");
        }

        var (account, calls) = await LoaderCalls.OfAsync(request, accounts, workloads, warnings, cancellationToken).ConfigureAwait(false);
        return SchemaPlanner.Plan([account], restored!.Limits, calls);
    }
}
