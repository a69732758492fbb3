using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>The calls that made or deleted something of Cosmos DB, as the sandbox logged them.</summary>
internal sealed class AccountCalls
{
    private readonly IReadOnlyList<(string Operation, string Resource)> _taken;

    private AccountCalls(IReadOnlyList<(string, string)> taken, int deletions)
    {
        _taken = taken;
        Deletions = deletions;
    }

    /// <summary>Deletions that were tried, of whatever.</summary>
    public int Deletions { get; }

    /// <summary>Reads the sandbox's log. What the service did and could not answer counts.</summary>
    public static AccountCalls Of(JsonArray log)
    {
        var calls = log.Where(call => (string)call!["service"]! == "cosmos").ToList();
        return new AccountCalls(
            [.. calls.Where(call => (int)call!["status"]! is 0 or (>= 200 and < 300)).Select(call => ((string)call!["operation"]!, (string?)call["resource"] ?? ""))],
            calls.Count(call => ((string)call!["operation"]!).StartsWith("Delete", StringComparison.Ordinal)));
    }

    /// <summary>Restores to an account.</summary>
    public int Restores(string target) => _taken.Count(call => call.Operation == "RestoreAccount" && call.Resource == target);

    /// <summary>What was made more than once, or besides.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<string> targets)
    {
        foreach (var target in targets.Where(target => Restores(target) != 1))
        {
            yield return $"{target} took {Restores(target)} restores";
        }

        if (_taken.Count(call => call.Operation is "RestoreAccount" or "PutAccount") is var made && made > targets.Count)
        {
            yield return $"{made} accounts were made, for {targets.Count}";
        }

        if (Deletions > 0)
        {
            yield return $"{Deletions} deletions were tried";
        }
    }
}
