using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>What some sources set, as helm takes it: of several, the last one counts.</summary>
/// <param name="documents">The sources in helm's order.</param>
internal sealed class ValuesSettings(IReadOnlyList<ValuesDocument> documents)
{
    private readonly Dictionary<object, EditableText> _texts = new(ReferenceEqualityComparer.Instance);

    /// <summary>All texts that were asked for.</summary>
    public IEnumerable<EditableText> Texts => _texts.Values;

    /// <summary>The variables that placeholders refer to: those of the pods, and those that older values feed.</summary>
    public PodVariables Variables(ValuesProfile? profile, ProductFacts facts)
    {
        var known = new Dictionary<string, string>(facts.Variables.Known, StringComparer.Ordinal);
        foreach (var variable in profile?.Variables.Keys ?? [])
        {
            if (OldValue(profile, variable) is { } setting)
                known[variable] = setting.Text;
        }

        return facts.Variables with { Known = known };
    }

    /// <summary>The older value that feeds a variable of the chart's own; null if none does.</summary>
    public EditableText? OldValue(ValuesProfile? profile, string variable) =>
        profile?.Variables.TryGetValue(variable, out var key) == true ? Setting(key) : null;

    /// <summary>Whether the chart takes its variables from a Secret that exists already.</summary>
    public bool HasExistingSecret(ValuesProfile? profile) => profile?.ExistingSecretKey is { } key && Setting(key)?.Text.Length > 0;

    /// <summary>The Secret that feeds the pods' other variables; null if the values name none.</summary>
    public string? SecretName(ValuesProfile? profile) =>
        profile?.SecretNameKey is { } key && Setting(key) is { Text.Length: > 0 } setting ? setting.Text : null;

    /// <summary>Whether any source sets a key, be it to nothing.</summary>
    public bool IsSet(string key) => documents.Any(document => document.Find(key) is not null);

    /// <summary>A value as helm takes it: from the last source that sets it. Null if none does, or if it is no text.</summary>
    public EditableText? Setting(string key)
    {
        for (var i = documents.Count - 1; i >= 0; i--)
        {
            if (documents[i].Find(key) is { } item)
                return item.Text is null ? null : TextOf(documents[i], key, item);
        }

        return null;
    }

    private EditableText TextOf(ValuesDocument document, string key, YamlItem item)
    {
        if (!_texts.TryGetValue(item.Target, out var text))
        {
            text = new EditableText(document, key, item);
            _texts[item.Target] = text;
        }

        return text;
    }

    /// <summary>A properties file as a text.</summary>
    public EditableText TextOf(ValuesDocument document)
    {
        if (!_texts.TryGetValue(document, out var text))
        {
            text = new EditableText(document);
            _texts[document] = text;
        }

        return text;
    }
}
