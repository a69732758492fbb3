using System.Text;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>One scalar of a manifest that a chart makes of a value.</summary>
internal sealed record RenderedPlace
{
    /// <summary>The value's dotted key.</summary>
    public required string Key { get; init; }

    /// <summary>Where it is.</summary>
    public required RenderedKind Kind { get; init; }

    /// <summary>The object.</summary>
    public required ManifestDocument Document { get; init; }

    /// <summary>The mapping that holds the scalar.</summary>
    public required YamlItem Map { get; init; }

    /// <summary>The scalar.</summary>
    public required YamlItem Item { get; init; }

    /// <summary>The key of the data, or the variable's name.</summary>
    public required string Entry { get; init; }

    /// <summary>The property in the scalar, where the chart writes the properties itself; null where the value is all of it.</summary>
    public string? Property { get; init; }

    /// <summary>The value as the manifest has it.</summary>
    public string Value => (Kind, Property, Item.Text ?? "") switch
    {
        (RenderedKind.Secret, _, var text) => Decode(text),
        (_, { } property, var text) => PropertyLine.Find(text, property) ?? "",
        (_, _, var text) => text,
    };

    /// <summary>What the scalar says with another value.</summary>
    /// <param name="scalar">What it says now, or with the values of other places in the same scalar.</param>
    /// <param name="value">The value.</param>
    public string With(string scalar, string value) => (Kind, Property) switch
    {
        (RenderedKind.Secret, _) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
        (_, { } property) => PropertyLine.Set(scalar, property, value),
        _ => value,
    };

    private static string Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
