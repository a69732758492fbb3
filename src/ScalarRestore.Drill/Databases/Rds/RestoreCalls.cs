using System.Text.Json.Nodes;
using ScalarRestore.Drill.Report;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>The calls of RDS that made or deleted something, as the sandbox logged them.</summary>
internal sealed class RestoreCalls
{
    private readonly IReadOnlyList<(string Operation, string Resource)> _taken;

    private RestoreCalls(IReadOnlyList<(string, string)> taken, int deletions)
    {
        _taken = taken;
        Deletions = deletions;
    }

    /// <summary>Deletions that were tried, of whatever.</summary>
    public int Deletions { get; }

    /// <summary>Reads the sandbox's log. What the service did and could not answer counts.</summary>
    public static RestoreCalls Of(JsonArray log)
    {
        var calls = log.Where(call => (string)call!["service"]! == "rds").ToList();
        return new RestoreCalls(
            [.. calls.Where(call => (int)call!["status"]! is 200 or 0).Select(call => ((string)call!["operation"]!, (string?)call["resource"] ?? ""))],
            calls.Count(call => ((string)call!["operation"]!).StartsWith("Delete", StringComparison.Ordinal)));
    }

    /// <summary>Restores to a target.</summary>
    public int Restores(RdsSource target) =>
        Count(target.IsCluster ? "RestoreDBClusterToPointInTime" : "RestoreDBInstanceToPointInTime", target.Identifier);

    /// <summary>Creations of a cluster's members.</summary>
    public int Members(DatabaseView cluster) => cluster.Members.Values.Sum(member => Count("CreateDBInstance", member.Element("DBInstanceIdentifier")!.Value));

    /// <summary>What was made more than once, or not at all.</summary>
    public IEnumerable<string> Faults(RdsSource source, string target, DatabaseView before, DatabaseView now)
    {
        if (Restores(source with { Identifier = target }) is not 1 and var restores)
        {
            yield return $"{source.What} took {restores} restores";
        }

        if (Members(now) is var members && members != before.Members.Count)
        {
            yield return $"{source.What} has {before.Members.Count} members, and {members} were made for it";
        }
    }

    /// <summary>What was made or deleted besides.</summary>
    public IEnumerable<string> TooMany(IReadOnlyList<DatabaseFigures> figures)
    {
        if (Deletions > 0)
        {
            yield return $"{Deletions} deletions were tried";
        }

        var restores = _taken.Count(call => call.Operation.StartsWith("Restore", StringComparison.Ordinal));
        var members = _taken.Count(call => call.Operation == "CreateDBInstance");
        if (restores > figures.Sum(one => one.Restores) || members > figures.Sum(one => one.Members))
        {
            yield return $"{restores} restores and {members} members were made, for {figures.Count} databases";
        }
    }

    private int Count(string operation, string resource) => _taken.Count(call => call.Operation == operation && call.Resource == resource);
}
