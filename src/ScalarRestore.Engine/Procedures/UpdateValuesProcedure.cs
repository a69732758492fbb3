using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide step 3.</summary>
internal static class UpdateValuesProcedure
{
    /// <summary>Points the values at what was restored. DynamoDB tables keep their names and their region, so there nothing has to change.</summary>
    public static async Task<RestoreRun> RunAsync(UpdateValuesRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var plan = PlanBuilder.Build(RestorePhase.UpdatingValues, [], new Dictionary<string, int>(StringComparer.Ordinal));
        if (request.WhatIf)
        {
            return PlanPreview.Of(request.Run, plan);
        }

        var journal = await RunLoader.OpenAsync(
            request.Run, RestorePhase.Restored, state => state.Reached == RestorePhase.Restored, services, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            var moved = journal.State.Databases
                .Where(database => !string.Equals(database.OldEndpoint, database.NewEndpoint, StringComparison.Ordinal))
                .ToList();
            if (moved.Count > 0)
            {
                throw new RestoreException(
                    "EndpointChangeNotSupported",
                    FaultCategory.InvalidOperation,
                    $"The endpoint of {string.Join(", ", moved.Select(database => database.Identity))} has changed, and this version cannot edit values files.",
                    moved[0].Identity,
                    "Change the endpoint in the values file by hand (guide step 3).");
            }

            foreach (var database in journal.State.Databases)
            {
                services.Host.Information($"{database.Kind} {database.Identity}: the tables keep their names and their endpoint; nothing to change in the values.");
            }

            await PhaseExecutor.PlanAsync(journal, new PhaseRecord { Plan = plan, LeadsTo = RestorePhase.ValuesUpdated }, cancellationToken).ConfigureAwait(false);
            await PhaseExecutor.RunAsync(journal, services, [], () => [], cancellationToken).ConfigureAwait(false);
            return journal.State.ToRun(journal.Location);
        }
    }
}
