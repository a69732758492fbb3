using System.Text.Json;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The faults to come. Rules are asked in order, every one counts the calls it concerns, and the first that fires wins.</summary>
internal sealed class FaultPlan(int seed)
{
    private volatile Entry[] _entries = [];

    /// <summary>The rules with how often each was concerned and how often it fired.</summary>
    public IReadOnlyList<Progress> Rules => [.. _entries.Select(e => e.Progress())];

    /// <summary>Replaces the plan; all counts begin anew.</summary>
    public void Set(IEnumerable<FaultRule> rules) =>
        _entries = [.. rules.Select((rule, i) => new Entry(rule, new Random(HashCode(seed, i))))];

    /// <summary>Reads a plan from JSON: an array of rules.</summary>
    public void Load(string json) => Set(JsonSerializer.Deserialize<FaultRule[]>(json, SandboxJson.Options) ?? []);

    /// <summary>What happens to this call, if anything.</summary>
    public FaultRule? Next(CallDescription call)
    {
        FaultRule? hit = null;
        foreach (var entry in _entries)
        {
            if (entry.Rule.Concerns(call) && entry.Fires(hit is not null))
            {
                hit = entry.Rule;
            }
        }

        return hit;
    }

    // Not System.HashCode: that one is seeded anew in every process, and a run must be repeatable.
    private static int HashCode(int seed, int index) => unchecked((seed * 397) ^ (index * 7919));

    /// <summary>A rule and how far it has come.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Matched">Calls that it concerned.</param>
    /// <param name="Hits">Calls that it hit.</param>
    internal sealed record Progress(FaultRule Rule, int Matched, int Hits);

    private sealed class Entry(FaultRule rule, Random random)
    {
        private readonly Lock _lock = new();
        private int _matched;
        private int _hits;

        public FaultRule Rule => rule;

        public bool Fires(bool anotherDid)
        {
            lock (_lock)
            {
                _matched++;
                var times = rule.Times ?? (rule.Probability is null ? 1 : 0);
                var fires = !anotherDid
                    && _matched >= rule.From
                    && (times == 0 || _hits < times)
                    && (rule.Probability is not { } chance || random.NextDouble() < chance);
                _hits += fires ? 1 : 0;
                return fires;
            }
        }

        public Progress Progress()
        {
            lock (_lock)
            {
                return new Progress(rule, _matched, _hits);
            }
        }
    }
}
