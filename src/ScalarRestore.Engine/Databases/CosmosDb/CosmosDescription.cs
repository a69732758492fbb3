using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Reads from a plan and its evidence what became of which account. Pure.</summary>
internal static class CosmosDescription
{
    /// <summary>The accounts of a plan.</summary>
    public static IReadOnlyList<RestoredDatabase> Of(RestorePlan plan, Func<string, JsonObject?> evidenceOf) =>
    [
        .. plan.Steps.Where(step => step.Kind == CosmosPlanner.Kind("verify"))
            .Select(step => Account(step.Input.Deserialize<VerifyAccountInput>(PlanJson.Options)!, evidenceOf(step.Key)?.Deserialize<VerifiedAccount>(PlanJson.Options)))
            .OrderBy(account => account.Identity, StringComparer.Ordinal),
    ];

    private static RestoredDatabase Account(VerifyAccountInput input, VerifiedAccount? seen) => new()
    {
        Kind = DatabaseKind.CosmosDB,
        Account = input.Source.Subscription,
        Region = ArmJson.Region(input.Source.Location),
        Identifier = input.Source.Name,
        NewIdentifier = seen?.Name,
        NewResourceId = seen is null ? null : input.TargetId,
        Azure = input.Source.Azure,
        Endpoints = seen is null ? [] : [new EndpointChange { Old = input.Endpoint, New = seen.Endpoint }],
        Drift = seen?.Drift ?? [],
        Verified = seen is not null,
    };
}
