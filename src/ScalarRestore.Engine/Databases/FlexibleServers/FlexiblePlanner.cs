using System.Text.Json;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>
/// Turns captured servers into steps. Pure: facts that change by themselves stay out. All of them work on the new server, so that none lies
/// behind the gate. A server takes one change at a time, so that the changes follow each other.
/// </summary>
internal static class FlexiblePlanner
{
    /// <summary>Servers of one engine that are worked on at the same time in one subscription.</summary>
    public const int Concurrent = 10;

    /// <summary>The kind of a step.</summary>
    public static string Kind(FlexibleEngine engine, string verb) => $"{engine.Word}.{verb}";

    /// <summary>The key of a step. Names of servers are unique in the world, for each engine.</summary>
    public static string Key(string verb, FlexibleIdentity source) => $"{source.EngineWord}-{verb}:{source.Name}";

    /// <summary>The limits of the subscriptions of some servers.</summary>
    public static IReadOnlyDictionary<string, int> Limits(IEnumerable<RestorableServer> servers) =>
        servers.Select(server => Limit(server.Source)).Distinct(StringComparer.Ordinal).ToDictionary(limit => limit, _ => Concurrent, StringComparer.Ordinal);

    /// <summary>The steps that restore, put settings back and check.</summary>
    public static IReadOnlyList<PlannedStep> CopySteps(RestorableServer server, RestoreIntent intent, FlexibleTimings timings)
    {
        var (source, target, settings) = (server.Source, server.Target, server.Settings);
        var steps = new List<PlannedStep>
        {
            Step("restore", source, $"restore server {source.Name} as of {UtcText.Of(intent.RestoreTime)} to the new server {target}, in the same network", timings.Restore, new RestoreServerInput
            {
                Source = source, Target = target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Shape = server.Shape, Tags = settings.Tags,
            }),
        };
        var input = new ServerSettingsInput { Source = source, Target = target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Settings = settings };
        Then("reapply", $"set in {target} what a restore leaves out: parameters, firewall rules, tags, administrators, maintenance window", timings.Reapply, input);
        if (ServerConcern.IsHighlyAvailable(settings.Wanted))
            Then("availability", $"give {target} a standby", timings.HighAvailability, input);

        Then("verify", $"compare {target} with {source.Name}", timings.Verify, new VerifyServerInput
        {
            Source = source,
            Target = target,
            Timeout = intent.Timeout,
            RunId = intent.RunId,
            RestoreTime = intent.RestoreTime,
            Settings = settings,
            Hosts = server.Hosts,
            Lost = server.Lost,
        });
        steps[^1] = steps[^1] with { ReadOnly = true };
        return steps;

        void Then<TInput>(string verb, string action, TimeSpan estimate, TInput input)
            where TInput : FlexibleStepInput => steps.Add(Step(verb, source, action, estimate, input) with { DependsOn = [steps[^1].Key] });
    }

    private static string Limit(FlexibleIdentity source) => $"{source.EngineWord}:{source.Subscription}";

    private static PlannedStep Step<TInput>(string verb, FlexibleIdentity source, string action, TimeSpan estimate, TInput input)
        where TInput : FlexibleStepInput => new()
    {
        Key = Key(verb, source),
        Kind = Kind(source.Engine, verb),
        Target = source.ResourceId,
        Action = action,
        Estimate = estimate,
        Limit = Limit(source),
        Input = JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject(),
    };
}
