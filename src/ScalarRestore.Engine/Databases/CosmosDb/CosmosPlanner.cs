using System.Text.Json;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>
/// Turns captured accounts into steps. Pure: facts that change by themselves stay out. All of them work on the new account, so that none lies
/// behind the gate. The service does one change of an account at a time, so that the changes follow each other.
/// </summary>
internal static class CosmosPlanner
{
    /// <summary>Accounts that are worked on at the same time in one subscription.</summary>
    public const int Concurrent = 10;

    /// <summary>The kind of a step.</summary>
    public static string Kind(string verb) => $"cosmosdb.{verb}";

    /// <summary>The key of a step.</summary>
    public static string Key(string verb, CosmosIdentity source) => $"account-{verb}:{source.Key}";

    /// <summary>The limits of the subscriptions of some accounts.</summary>
    public static IReadOnlyDictionary<string, int> Limits(IEnumerable<RestorableAccount> accounts) =>
        accounts.Select(account => Limit(account.Source)).Distinct(StringComparer.Ordinal).ToDictionary(limit => limit, _ => Concurrent, StringComparer.Ordinal);

    /// <summary>The steps that restore, put settings back and check.</summary>
    public static IReadOnlyList<PlannedStep> CopySteps(RestorableAccount account, RestoreIntent intent, CosmosTimings timings)
    {
        var (source, target) = (account.Source, account.Target);
        var steps = new List<PlannedStep>
        {
            Step("restore", source, $"restore account {source.Name} as of {UtcText.Of(intent.RestoreTime)} to the new account {target}, closed to the network", timings.Restore, new RestoreAccountInput
            {
                Source = source,
                Target = target,
                Timeout = intent.Timeout,
                RunId = intent.RunId,
                RestoreTime = intent.RestoreTime,
                RestoreSource = account.RestoreSource,
                IsZoneRedundant = account.Regions is [{ IsZoneRedundant: true }, ..],
                Tags = account.Tags,
                ManagedIdentity = account.ManagedIdentity,
            }),
        };
        Then("reapply", $"set in {target} what a restore leaves out: Strong consistency, TLS, network rules, throughput", timings.Reapply, new AccountSettingsInput
        {
            Source = source, Target = target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Wanted = account.Wanted, Throughputs = account.Throughputs,
        });
        Then("procedures", $"put the stored procedures of {source.Name} into the {account.Containers.Count} containers of {target}", timings.Procedures, new ProceduresInput
        {
            Source = source, Target = target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Containers = account.Containers,
        });
        if (account.Regions.Count > 1)
        {
            Then("regions", $"add {string.Join(", ", account.Regions.Skip(1).Select(region => region.Name))} to {target}", timings.Region * (account.Regions.Count - 1), new AccountRegionsInput
            {
                Source = source, Target = target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Regions = account.Regions,
            });
        }

        Then("verify", $"compare {target} with {source.Name}", timings.Verify, new VerifyAccountInput
        {
            Source = source,
            Target = target,
            Timeout = intent.Timeout,
            RunId = intent.RunId,
            RestoreTime = intent.RestoreTime,
            Wanted = account.Wanted,
            Tags = account.Tags,
            Regions = account.Regions,
            Containers = account.Containers,
            Endpoint = account.Endpoint,
            Lost = account.Lost,
        });
        steps[^1] = steps[^1] with { ReadOnly = true };
        if (account.TimeToLive.Count > 0 && !intent.SkipTimeToLive)
        {
            Then("timetolive", $"switch time to live on again in {string.Join(", ", account.TimeToLive.Keys)}", timings.Verify, new TimeToLiveInput
            {
                Source = source, Target = target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Seconds = account.TimeToLive,
            });
        }

        return steps;

        void Then<TInput>(string verb, string action, TimeSpan estimate, TInput input)
            where TInput : CosmosStepInput => steps.Add(Step(verb, source, action, estimate, input) with { DependsOn = [steps[^1].Key] });
    }

    private static string Limit(CosmosIdentity source) => $"cosmosdb:{source.Subscription}";

    private static PlannedStep Step<TInput>(string verb, CosmosIdentity source, string action, TimeSpan estimate, TInput input)
        where TInput : CosmosStepInput => new()
    {
        Key = Key(verb, source),
        Kind = Kind(verb),
        Target = source.ResourceId,
        Action = action,
        Estimate = estimate,
        Limit = Limit(source),
        Input = JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject(),
    };
}
