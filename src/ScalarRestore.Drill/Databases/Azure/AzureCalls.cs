using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>The calls of a service that made or deleted something, as the sandbox logged them.</summary>
internal sealed class AzureCalls
{
    private readonly AzureKind _kind;
    private readonly IReadOnlyList<(string Operation, string Resource)> _taken;

    private AzureCalls(AzureKind kind, IReadOnlyList<(string, string)> taken, int deletions)
    {
        _kind = kind;
        _taken = taken;
        Deletions = deletions;
    }

    /// <summary>Deletions that were tried, of whatever.</summary>
    public int Deletions { get; }

    /// <summary>Reads the sandbox's log. What the service did and could not answer counts.</summary>
    public static AzureCalls Of(AzureKind kind, JsonArray log)
    {
        var calls = log.Where(call => (string)call!["service"]! == kind.Service).ToList();
        return new AzureCalls(
            kind,
            [.. calls.Where(call => (int)call!["status"]! is 0 or (>= 200 and < 300)).Select(call => ((string)call!["operation"]!, (string?)call["resource"] ?? ""))],
            calls.Count(call => ((string)call!["operation"]!).StartsWith("Delete", StringComparison.Ordinal)));
    }

    /// <summary>Restores to an account or a server.</summary>
    public int Restores(string target) => _taken.Count(call => call.Operation == _kind.Makes[0] && call.Resource == target);

    /// <summary>What was made more than once, or besides.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<string> targets)
    {
        foreach (var target in targets.Where(target => Restores(target) != 1))
        {
            yield return $"{target} took {Restores(target)} restores";
        }

        if (_taken.Count(call => _kind.Makes.Contains(call.Operation, StringComparer.Ordinal)) is var made && made > targets.Count)
        {
            yield return $"{made} were made with {_kind.Service}, for {targets.Count}";
        }

        if (Deletions > 0)
        {
            yield return $"{Deletions} deletions were tried";
        }
    }
}
