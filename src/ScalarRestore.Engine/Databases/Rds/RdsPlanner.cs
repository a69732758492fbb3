using System.Text.Json;
using ScalarRestore.Engine.Databases.Rds.Handlers;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>
/// Turns captured instances and clusters into steps. Pure: facts that change by themselves stay out, so that a plan can be approved on one day
/// and run on another. Nothing live is changed before the gate, and behind it only names are, where that was asked for.
/// </summary>
internal static class RdsPlanner
{
    /// <summary>Restores and changes under way at the same time in one account and region.</summary>
    public const int Concurrent = 20;

    private const string Instance = "rds";
    private const string Cluster = "aurora";

    /// <summary>The key of a step.</summary>
    public static string Key(string verb, RdsIdentity source) => $"{Prefix(source)}-{verb}:{source.Key}";

    /// <summary>The kind of a step.</summary>
    public static string Kind(string verb, bool isCluster) => $"{(isCluster ? Cluster : Instance)}.{verb}";

    /// <summary>The limits of the accounts and regions of some databases.</summary>
    public static IReadOnlyDictionary<string, int> Limits(IEnumerable<RestorableDatabase> databases) =>
        databases.Select(database => Limit(database.Source)).Distinct(StringComparer.Ordinal).ToDictionary(limit => limit, _ => Concurrent, StringComparer.Ordinal);

    /// <summary>The steps that restore, put settings back and check.</summary>
    public static IReadOnlyList<PlannedStep> CopySteps(RestorableDatabase database, RestoreIntent intent, RdsTimings timings)
    {
        var source = database.Source;
        var settings = Settings(database, database.Target, intent);
        var what = source.IsCluster ? "cluster" : "instance";
        var steps = new List<PlannedStep>
        {
            Step("restore", source, $"restore {what} {source.Identifier} as of {UtcText.Of(intent.RestoreTime)} to the new {what} {database.Target}", source.IsCluster ? timings.RestoreCluster : timings.Restore, settings),
        };
        var writer = database.Members.FirstOrDefault(member => member.IsWriter) ?? database.Members.FirstOrDefault();
        foreach (var member in database.Members)
        {
            // The writer first: the first instance of a cluster becomes it.
            var after = member == writer ? Key("restore", source) : MemberKey(source, writer!);
            steps.Add(Step("member", source, $"make {(member == writer ? "the writer" : "reader")} {member.Target} as {member.Source} is", timings.Member, Member(database, member, intent)) with
            {
                Key = MemberKey(source, member),
                DependsOn = [after],
            });
        }

        steps.Add(Step("reapply", source, $"set in {database.Target} what a restore leaves out: monitoring, insights, maintenance window{(database.Roles.Count > 0 ? ", roles" : "")}", timings.Modify, settings) with
        {
            DependsOn = [writer is null ? Key("restore", source) : MemberKey(source, writer)],
        });
        var hasExtras = database.CustomEndpoints.Count > 0 || database.Scaling.Targets.Count > 0;
        if (hasExtras)
        {
            steps.Add(Step("extras", source, $"make {Extras(database)} of {database.Target}", timings.Modify, new ClusterExtrasInput
            {
                Source = source,
                Target = database.Target,
                Timeout = intent.Timeout,
                RunId = intent.RunId,
                RestoreTime = intent.RestoreTime,
                Endpoints = database.CustomEndpoints,
                Scaling = database.Scaling,
            }) with { DependsOn = [.. database.Members.Select(member => MemberKey(source, member))] });
        }

        steps.Add(Step("verify", source, $"compare {database.Target} with {source.Identifier}", timings.Verify, settings) with
        {
            DependsOn = [Key("reapply", source), .. database.Members.Select(member => MemberKey(source, member)), .. hasExtras ? [Key("extras", source)] : Array.Empty<string>()],
            ReadOnly = true,
        });
        return steps;
    }

    /// <summary>The steps behind the gate: the restored one takes the source's name, if that was asked for.</summary>
    public static IReadOnlyList<PlannedStep> SwapSteps(RestorableDatabase database, RestoreIntent intent, RdsTimings timings)
    {
        if (!intent.KeepIdentifier)
            return [];

        var (source, aside) = (database.Source, RdsNames.Aside(intent.RunId, database.Source.Identifier));
        return
        [
            Step("aside", source, $"rename {source.Identifier} to {aside}; it is kept", timings.Rename, Rename(database, intent, source.Identifier, aside, isSource: true)),
            Step("rename", source, $"rename {database.Target} to {source.Identifier}", timings.Rename, Rename(database, intent, database.Target, source.Identifier, isSource: false)) with { DependsOn = [Key("aside", source)] },
            Step("final", source, $"look at {source.Identifier} under its name", timings.Verify, Settings(database, source.Identifier, intent)) with { DependsOn = [Key("rename", source)], ReadOnly = true },
        ];
    }

    private static string Extras(RestorableDatabase database) => (database.CustomEndpoints.Count, database.Scaling.Targets.Count == 0) switch
    {
        (0, _) => "automatic scaling",
        (1, true) => "the custom endpoint",
        (1, false) => "the custom endpoint and automatic scaling",
        (var count, var isEmpty) => $"{count} custom endpoints{(isEmpty ? "" : " and automatic scaling")}",
    };

    private static string Prefix(RdsIdentity source) => source.IsCluster ? "cluster" : "instance";

    private static string MemberKey(RdsIdentity source, RdsMember member) => $"{Key("member", source)}/{member.Source}";

    private static string Limit(RdsIdentity source) => $"rds:{source.Account}/{source.Region}";

    private static PlannedStep Step<TInput>(string verb, RdsIdentity source, string action, TimeSpan estimate, TInput input)
        where TInput : RdsStepInput => new()
    {
        Key = Key(verb, source),
        Kind = verb switch
        {
            "member" => MemberHandler.StepKind,
            "extras" => ExtrasHandler.StepKind,
            "aside" or "rename" => Kind("rename", source.IsCluster),
            "final" => Kind("verify", source.IsCluster),
            _ => Kind(verb, source.IsCluster),
        },
        Target = source.Arn,
        Action = action,
        Estimate = estimate,
        Limit = Limit(source),
        Input = JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject(),
    };

    private static RestoreSettingsInput Settings(RestorableDatabase database, string target, RestoreIntent intent) => new()
    {
        Source = database.Source,
        Target = target,
        Timeout = intent.Timeout,
        RunId = intent.RunId,
        RestoreTime = intent.RestoreTime,
        Settings = database.Settings,
        Tags = database.Tags,
        Roles = database.Roles,
        Lost = database.Lost,
        Endpoints = database.Endpoints,
        Members = database.Members,
        CustomEndpoints = database.CustomEndpoints,
    };

    private static MemberInput Member(RestorableDatabase database, RdsMember member, RestoreIntent intent) => new()
    {
        Source = database.Source, Target = database.Target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, Member = member,
    };

    private static RenameInput Rename(RestorableDatabase database, RestoreIntent intent, string from, string to, bool isSource) => new()
    {
        Source = database.Source, Target = database.Target, Timeout = intent.Timeout, RunId = intent.RunId, RestoreTime = intent.RestoreTime, From = from, To = to, IsSource = isSource,
    };
}
