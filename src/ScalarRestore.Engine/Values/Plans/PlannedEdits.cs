namespace ScalarRestore.Engine.Values.Plans;

/// <summary>What was found to be changed, and where, while sources are looked at.</summary>
/// <param name="settings">What the sources set.</param>
internal sealed class PlannedEdits(ValuesSettings settings)
{
    private readonly Dictionary<ValuesDocument, List<EndpointEdit>> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ValuesProfile Profile, string Key)> _keys = [];

    /// <summary>Variables whose Secret or ConfigMap has to change.</summary>
    public List<VariableEdit> Variables { get; } = [];

    /// <summary>What the operator should know.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The values of charts that something restored comes from.</summary>
    public IReadOnlyList<(ValuesProfile Profile, string Key)> Keys => _keys;

    /// <summary>The changes in a source, in the order of the text.</summary>
    public IReadOnlyList<EndpointEdit> PlacesIn(ValuesDocument document) =>
        _places.TryGetValue(document, out var places) ? [.. places.OrderBy(place => place.Line).ThenBy(place => place.Column)] : [];

    /// <summary>Notes a change in words.</summary>
    public void Note(EditableText text, ValuePlace place, string old, string @new)
    {
        if (!_places.TryGetValue(text.Document, out var places))
            _places[text.Document] = places = [];

        var edit = new EndpointEdit { Key = place.Key, Property = place.Property, Line = place.Line, Column = place.Column, Old = old, New = @new };
        if (!places.Contains(edit))
            places.Add(edit);
    }

    /// <summary>Notes the value of the chart that something comes from: the block itself, or the older value behind a variable.</summary>
    public void NoteKey(PropertiesScope scope, string? variable)
    {
        if (scope.Profile is null)
            return;

        var key = variable is null ? scope.Block.Key : settings.OldValue(scope.Profile, variable)?.Key;
        if (key is not null && !(scope.IsDefault && variable is null))
            _keys.Add((scope.Profile, key));
    }

    /// <summary>The fault for a text that is put together from several places.</summary>
    public static RestoreException Split(PropertiesScope scope, PropertyEntry entry, MappedText written)
    {
        var place = scope.Block.Place(written.Source(0, entry.Value.Length), entry.Key);
        return new RestoreException(
            "PlaceholderMixed",
            FaultCategory.InvalidData,
            $"{place}: what has to change is put together from placeholders and text, so that it cannot be changed in one place.",
            place.Source,
            "Write the endpoint in one place, as text or as one placeholder, then run the command again. Nothing was changed.");
    }
}
