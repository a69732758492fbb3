using System.Globalization;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>The flattened parameters of a call of the Query protocol.</summary>
internal sealed class QueryParameters : SortedDictionary<string, string>
{
    /// <summary>Begins an empty set.</summary>
    public QueryParameters()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Adds a list: <paramref name="name"/> ends in the items' own name, for example <c>VpcSecurityGroupIds.VpcSecurityGroupId</c>.</summary>
    public void AddList(string name, IEnumerable<string> values)
    {
        foreach (var (value, index) in values.Select((value, index) => (value, index)))
            this[At(name, index)] = value;
    }

    /// <summary>Adds a list of pairs, for example tags (<c>Tags.Tag</c>, Key, Value).</summary>
    public void AddPairs(string name, string first, string second, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (pair, index) in pairs.Select((pair, index) => (pair, index)))
        {
            this[$"{At(name, index)}.{first}"] = pair.Key;
            this[$"{At(name, index)}.{second}"] = pair.Value;
        }
    }

    private static string At(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}.{index + 1}");
}
