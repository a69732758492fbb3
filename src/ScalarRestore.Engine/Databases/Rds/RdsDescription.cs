using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Reads from a plan and its evidence what became of which instance or cluster. Pure.</summary>
internal static class RdsDescription
{
    /// <summary>The databases of a plan.</summary>
    public static IReadOnlyList<RestoredDatabase> Of(RestorePlan plan, Func<string, JsonObject?> evidenceOf) =>
    [
        .. plan.Steps.Where(step => step.Kind is "rds.restore" or "aurora.restore")
            .Select(step => Database(step.Input.Deserialize<RestoreSettingsInput>(PlanJson.Options)!, evidenceOf))
            .OrderBy(database => database.Identity, StringComparer.Ordinal),
    ];

    private static RestoredDatabase Database(RestoreSettingsInput input, Func<string, JsonObject?> evidenceOf)
    {
        var source = input.Source;
        var seen = Read("final") ?? Read("verify");
        var renamed = input.Members.Select(member => KeyValuePair.Create(RdsEndpoint.Member(member.Source), RdsEndpoint.Member(member.Target)))
            .Concat(input.CustomEndpoints.Select(custom => KeyValuePair.Create(RdsEndpoint.Custom(custom.Source), RdsEndpoint.Custom(custom.Target))))
            .ToDictionary(StringComparer.Ordinal);
        return new RestoredDatabase
        {
            Kind = RdsProvider.KindOf(source.Engine),
            Account = source.Account,
            Region = source.Region,
            Identifier = source.Identifier,
            NewIdentifier = seen?.Database.Identifier,
            Endpoints = seen is null ? [] : RdsEndpoints.Changes(input.Endpoints, seen.Endpoints, renamed),
            Drift = seen?.Drift ?? [],
            Verified = seen is not null,
        };

        VerifiedDatabase? Read(string verb) => evidenceOf(RdsPlanner.Key(verb, source))?.Deserialize<VerifiedDatabase>(PlanJson.Options);
    }
}
