using System.Text.Json.Nodes;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>
/// The calls that AWS got. A poll is a read that asks the same of the same thing as a read of this run before it: it looks whether something
/// has come about. All else counts as calls: every change, also one that is refused for now and tried again, and the first read of each thing.
/// </summary>
internal sealed class CallTally
{
    private readonly HashSet<(string Operation, string Resource)> _seen = [];
    private readonly SortedDictionary<string, (int Calls, int Polls)> _byOperation = new(StringComparer.Ordinal);

    /// <summary>Counts the calls to AWS.</summary>
    public CallTally(JsonArray calls)
    {
        foreach (var call in calls.Where(call => (string)call!["service"]! != "kubernetes"))
        {
            Add((string)call!["operation"]!, (string?)call["resource"] ?? "", (bool)call["isWrite"]!, (int)call["status"]!);
        }
    }

    /// <summary>Calls that are no polls.</summary>
    public int Calls => _byOperation.Values.Sum(n => n.Calls);

    /// <summary>Polls.</summary>
    public int Polls => _byOperation.Values.Sum(n => n.Polls);

    /// <summary>Calls that were refused for the rate, failed, or were never answered; they are counted above too.</summary>
    public int Refused { get; private set; }

    /// <summary>The counts of each operation.</summary>
    public IEnumerable<(string Operation, int Calls, int Polls)> ByOperation => _byOperation.Select(n => (n.Key, n.Value.Calls, n.Value.Polls));

    private void Add(string operation, string resource, bool isWrite, int status)
    {
        Refused += status == 200 ? 0 : 1;
        var isPoll = !isWrite && !_seen.Add((operation, resource));
        var (calls, polls) = _byOperation.GetValueOrDefault(operation);
        _byOperation[operation] = isPoll ? (calls, polls + 1) : (calls + 1, polls);
    }
}
