using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>
/// One setting of a database: how it is read from a description, and under which parameters it is given to a restore and to a change. A
/// restore takes a default of its own for what it is not given, so that everything is named here.
/// </summary>
/// <param name="Name">The name, as the restore's parameter is called; for messages too.</param>
/// <param name="Read">The value in a description: a text, or a list joined with commas; null if it is not set.</param>
internal sealed record RdsSetting(string Name, Func<XElement, string?> Read)
{
    /// <summary>The parameter of the restore; null if it cannot be given there. A list's ends in the name of its items.</summary>
    public string? RestoreAs { get; init; }

    /// <summary>The parameter of a change; null if it cannot be changed.</summary>
    public string? ModifyAs { get; init; }

    /// <summary>Whether it is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether it is a list of names and values (<c>coreCount=2</c>).</summary>
    public bool IsPairs { get; init; }

    /// <summary>Settings of the same group are given to a change together, since the service refuses one without the other.</summary>
    public string? Group { get; init; }

    /// <summary>Whether the restore takes it, by all settings of the source; null if always.</summary>
    public Func<IReadOnlyDictionary<string, string>, bool>? RestoreIf { get; init; }

    /// <summary>Whether it has to be as before, by all settings of the source; null if always.</summary>
    public Func<IReadOnlyDictionary<string, string>, bool>? CompareIf { get; init; }

    /// <summary>One that a restore takes and a change too, under its own name.</summary>
    public static RdsSetting Both(string name, Func<XElement, string?>? read = null) => new(name, read ?? (r => Reading.Text(r, name))) { RestoreAs = name, ModifyAs = name };

    /// <summary>One that only a change takes.</summary>
    public static RdsSetting Changed(string name, Func<XElement, string?>? read = null) => new(name, read ?? (r => Reading.Text(r, name))) { ModifyAs = name };

    /// <summary>
    /// A yes or no whose default is no: a no is not sent, since several engines refuse to be told of what they do not have.
    /// </summary>
    public static RdsSetting Option(string name, string? element = null) => Flag(name, element) with { RestoreIf = source => source.GetValueOrDefault(name) == "true" };

    /// <summary>A yes or no whose default varies, so that it is always sent.</summary>
    public static RdsSetting Flag(string name, string? element = null) => new(name, r => Reading.Flag(r, element ?? name)) { RestoreAs = name, ModifyAs = name };

    /// <summary>A list; <paramref name="parameter"/> ends in the name of its items.</summary>
    public static RdsSetting List(string name, string parameter, Func<XElement, string?> read) => new(name, read) { IsList = true, RestoreAs = parameter, ModifyAs = parameter };

    /// <summary>Gives a value to a call.</summary>
    public void Put(QueryParameters parameters, string parameter, string value)
    {
        if (IsPairs)
            parameters.AddPairs(parameter, "Name", "Value", Items(value).Select(Pair));
        else if (IsList)
            parameters.AddList(parameter, Items(value));
        else
            parameters[parameter] = value;
    }

    private static KeyValuePair<string, string> Pair(string item)
    {
        var equals = item.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(item[..equals], item[(equals + 1)..]);
    }

    private static string[] Items(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
