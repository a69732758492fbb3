using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Reads from a plan and its evidence what became of which server. Pure.</summary>
internal static class FlexibleDescription
{
    /// <summary>The servers of an engine in a plan.</summary>
    public static IReadOnlyList<RestoredDatabase> Of(FlexibleEngine engine, RestorePlan plan, Func<string, JsonObject?> evidenceOf) =>
    [
        .. plan.Steps.Where(step => step.Kind == FlexiblePlanner.Kind(engine, "verify"))
            .Select(step => Server(step.Input.Deserialize<VerifyServerInput>(PlanJson.Options)!, evidenceOf(step.Key)?.Deserialize<VerifiedServer>(PlanJson.Options)))
            .OrderBy(server => server.Identity, StringComparer.Ordinal),
    ];

    // Hosts stand without ports: a server may be reached by its own and by that of its connection pool.
    private static RestoredDatabase Server(VerifyServerInput input, VerifiedServer? seen) => new()
    {
        Kind = input.Source.Engine.Kind,
        Account = input.Source.Subscription,
        Region = input.Source.Location,
        Identifier = input.Source.Name,
        NewIdentifier = seen?.Name,
        NewResourceId = seen is null ? null : input.TargetId,
        Azure = input.Source.Azure,
        Endpoints = seen is null ? [] : [.. input.Hosts.Select(host => new EndpointChange { Old = host, New = seen.Host })],
        Drift = seen?.Drift ?? [],
        Verified = seen is not null,
    };
}
