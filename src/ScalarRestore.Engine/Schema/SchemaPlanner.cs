using System.Text.Json;
using ScalarRestore.Engine.Databases.CosmosDb;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Schema;

/// <summary>
/// Plans the repair of the schema in restored Cosmos DB accounts. Pure: which containers there have to be is taken from the plan of the
/// restore, that is from what existed at the restore point, before anything could make one anew.
/// </summary>
internal static class SchemaPlanner
{
    /// <summary>The accounts of a restore.</summary>
    public static IReadOnlyList<RepairableAccount> Accounts(RestorePlan restored, IReadOnlyList<RestoredDatabase> databases) =>
    [
        .. restored.Steps.Where(step => step.Kind == CosmosPlanner.Kind("procedures")).Select(step =>
        {
            var input = step.Input.Deserialize<ProceduresInput>(PlanJson.Options)!;
            var endpoint = databases.FirstOrDefault(database => database.NewResourceId == input.TargetId)?.Endpoints.Select(change => change.New).FirstOrDefault();
            return new RepairableAccount { Input = input, Endpoint = endpoint, Limit = step.Limit, Estimate = step.Estimate };
        }),
    ];

    /// <summary>The plan: containers are compared, the schema is repaired, and each container is seen to have its stored procedure.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="limits">The limits of the restore's plan.</param>
    /// <param name="loader">The calls of Schema Loader for the one account; null to copy from the sources.</param>
    public static RestorePlan Plan(IReadOnlyList<RepairableAccount> accounts, IReadOnlyDictionary<string, int> limits, IReadOnlyList<PlannedStep>? loader)
    {
        var steps = new List<PlannedStep>();
        foreach (var account in accounts)
        {
            var (source, target) = (account.Input.Source, account.Input.Target);
            steps.Add(Step(account, "containers", $"compare the containers of {target} with those of the restore point", account.Input) with { ReadOnly = true });
            if (loader is null)
                Then(Step(account, "procedures", $"put the stored procedures of {source.Name} into the containers of {target} that lack them", account.Input));
            foreach (var call in loader ?? [])
                Then(call);

            Then(Step(account, "mutate", $"see that every container of {target} has its stored procedure", account.Input) with { ReadOnly = true });
        }

        var used = steps.Select(step => step.Limit).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return PlanBuilder.Build(RestorePhase.RepairingSchema, steps, limits.Where(limit => used.Contains(limit.Key)).ToDictionary(StringComparer.Ordinal));

        void Then(PlannedStep step) => steps.Add(step with { DependsOn = [steps[^1].Key] });
    }

    private static PlannedStep Step(RepairableAccount account, string verb, string action, ProceduresInput input) => new()
    {
        Key = $"schema-{verb}:{account.Input.Target}",
        Kind = CosmosPlanner.Kind(verb),
        Target = account.Input.TargetId,
        Action = action,
        Limit = account.Limit,
        Estimate = account.Estimate,
        Input = JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject(),
    };
}
