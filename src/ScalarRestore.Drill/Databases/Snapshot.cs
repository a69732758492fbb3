namespace ScalarRestore.Drill.Databases;

/// <summary>Every item of every table as text: what is compared to prove a restore. It shares no code with the engine.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, Dictionary<string, int>> _tables = new(StringComparer.Ordinal);

    /// <summary>The number of tables.</summary>
    public int Tables => _tables.Count;

    /// <summary>The number of items.</summary>
    public int Items => _tables.Values.Sum(items => items.Values.Sum());

    /// <summary>Adds a table.</summary>
    public void Add(string table, IEnumerable<string> items) =>
        _tables.Add(table, items.CountBy(item => item, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));

    /// <summary>The items that are missing, or there and should not be, by table.</summary>
    public IReadOnlyDictionary<string, int> Differences(Snapshot other) => _tables.Keys.Union(other._tables.Keys, StringComparer.Ordinal)
        .ToDictionary(table => table, table => Differences(_tables.GetValueOrDefault(table) ?? [], other._tables.GetValueOrDefault(table) ?? []), StringComparer.Ordinal);

    private static int Differences(Dictionary<string, int> one, Dictionary<string, int> other) =>
        one.Keys.Union(other.Keys, StringComparer.Ordinal).Sum(item => Math.Abs(one.GetValueOrDefault(item) - other.GetValueOrDefault(item)));
}
