using System.Globalization;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>
/// Reads the fields of a form, where lists and structures are spelt out in the names: <c>Tags.Tag.1.Key</c>. Clients name the items of a
/// list as the API does, or <c>member</c>.
/// </summary>
internal sealed class RdsForm(IReadOnlyDictionary<string, string> fields, string prefix = "")
{
    /// <summary>The text; null where it is missing.</summary>
    public string? Text(string name) => fields.GetValueOrDefault(prefix + name);

    /// <summary>The text, or the error for a missing parameter.</summary>
    public string Required(string name) => Text(name) is { Length: > 0 } value
        ? value
        : throw new AwsException("MissingParameter", $"The request must contain the parameter {prefix}{name}.");

    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Malformed(name, text, "an integer");

    public double? Real(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Malformed(name, text, "a number");

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Malformed(name, text, "a boolean"),
    };

    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw Malformed(name, text, "a timestamp");

    /// <summary>A list of texts; null where it is missing, which is not the same as empty.</summary>
    public IReadOnlyList<string>? List(string name, string item = "member")
    {
        foreach (var itemName in (ReadOnlySpan<string>)[item, "member"])
        {
            var list = new List<string>();
            while (fields.TryGetValue(Place(name, itemName, list.Count + 1), out var value))
                list.Add(value);

            if (list.Count > 0)
                return list;
        }

        // An empty list is sent as its name alone.
        return Text(name) is null ? null : [];
    }

    /// <summary>A list of structures; null where it is missing.</summary>
    public IReadOnlyList<RdsForm>? Structures(string name, string item = "member")
    {
        foreach (var itemName in (ReadOnlySpan<string>)[item, "member"])
        {
            var list = new List<RdsForm>();
            while (HasAny(Place(name, itemName, list.Count + 1) + "."))
                list.Add(new RdsForm(fields, Place(name, itemName, list.Count + 1) + "."));

            if (list.Count > 0)
                return list;
        }

        return Text(name) is null ? null : [];
    }

    /// <summary>One structure; null where none of its members is there.</summary>
    public RdsForm? Structure(string name) => HasAny(prefix + name + ".") ? new RdsForm(fields, prefix + name + ".") : null;

    /// <summary>Whether the parameter, or anything in it, was given.</summary>
    public bool Has(string name) => Text(name) is not null || HasAny(prefix + name + ".");

    /// <summary>Tags; null where there is no such list.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Tags() => Structures("Tags", "Tag") is { } tags
        ? [.. tags.Select(t => KeyValuePair.Create(t.Required("Key"), t.Text("Value") ?? ""))]
        : null;

    private static AwsException Malformed(string name, string text, string kind) =>
        new("MalformedInput", $"Value '{text}' for parameter {name} is not {kind}.");

    private string Place(string name, string item, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{name}.{item}.{index}");

    private bool HasAny(string start)
    {
        foreach (var key in fields.Keys)
        {
            if (key.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
