namespace ScalarRestore.Engine.Values.Plans;

/// <summary>A properties text that is looked at, with all that tells what it means.</summary>
internal sealed class PropertiesScope(ValuesProfile? profile, EditableText block, PodVariables variables, ProductFacts facts)
{
    private readonly ILookup<string, PropertyEntry> _byKey = block.Entries.ToLookup(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The chart that the text belongs to; null for a properties file.</summary>
    public ValuesProfile? Profile => profile;

    /// <summary>The text.</summary>
    public EditableText Block => block;

    /// <summary>What its placeholders refer to.</summary>
    public PodVariables Variables => variables;

    /// <summary>What is known of the release.</summary>
    public ProductFacts Facts => facts;

    /// <summary>Whether it is the chart's own, which is written nowhere in the sources.</summary>
    public bool IsDefault => ReferenceEquals(block.Text, ValuesProfiles.DefaultProperties);

    /// <summary>The entries of a key; Java takes the last.</summary>
    public IReadOnlyList<PropertyEntry> Of(string key) => [.. _byKey[key]];

    /// <summary>A value as the product sees it; null if it is not set or empty.</summary>
    public string? Get(string key) =>
        _byKey[key].LastOrDefault() is { } entry && Placeholders.Resolve(entry.Value, variables).Trim() is { Length: > 0 } value ? value : null;
}
