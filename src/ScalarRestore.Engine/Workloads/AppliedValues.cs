using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// The texts that a release's values get, by dotted key. They may hold passwords: they are handed on to helm and to the cluster, and shown
/// nowhere. No record, so that nothing prints them by chance.
/// </summary>
internal sealed class AppliedValues
{
    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly HelmReleaseRecord _deployed;

    private AppliedValues(IReadOnlyDictionary<string, string> texts, HelmReleaseRecord deployed)
    {
        _texts = texts;
        _deployed = deployed;
        Mask = SecretMask.Of(texts.Concat(texts.Keys.Select(key => KeyValuePair.Create(key, Present(key) ?? ""))));
    }

    /// <summary>The dotted keys.</summary>
    public IReadOnlyList<string> Keys => [.. _texts.Keys];

    /// <summary>Hides the texts, and those that they take the place of, in what others say.</summary>
    public SecretMask Mask { get; }

    /// <summary>The text at a key.</summary>
    public string this[string key] => _texts[key];

    /// <summary>Whether any values are to be applied.</summary>
    public static bool Planned(ReleaseScale wanted) => wanted.Values is { Keys.Count: > 0 };

    /// <summary>Reads the texts that were planned; null if there are none.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="wanted">What was planned.</param>
    /// <param name="deployed">The record that the next revision is built on.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<AppliedValues?> ReadAsync(
        IReleaseValuesSource? source, ReleaseScale wanted, HelmReleaseRecord deployed, CancellationToken cancellationToken)
    {
        if (!Planned(wanted))
            return null;

        if (source is null)
            throw new InvalidOperationException($"Values were planned for release {wanted.Namespace}/{wanted.Release}, and there is nothing to read them with.");

        var read = await source.ReadAsync(wanted.Values!, deployed, cancellationToken).ConfigureAwait(false);
        return Of(wanted, deployed, key => read.GetValueOrDefault(key));
    }

    /// <summary>The texts that a record has at the keys that were planned; null if there are none.</summary>
    public static AppliedValues? In(HelmReleaseRecord record, ReleaseScale wanted) =>
        Planned(wanted) ? Of(wanted, record, key => ChartValues.Text(record.Config, key)) : null;

    /// <summary>Whether a record has the texts.</summary>
    public bool AreIn(HelmReleaseRecord record) => _texts.All(pair => ChartValues.Text(record.Config, pair.Key) == pair.Value);

    /// <summary>Gives the texts to a record.</summary>
    public void PutInto(HelmReleaseRecord record) => PutInto(record.Config);

    /// <summary>The texts as one YAML document, written so that helm's own reader takes every character.</summary>
    public string ToDocument()
    {
        var root = new JsonObject();
        PutInto(root);
        return Write(root);
    }

    private static string Write(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(", ", map.Select(pair => $"{GoScalar.Quoted(pair.Key)}: {Write(pair.Value)}"))}}}",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => GoScalar.Quoted(value.GetValue<string>()),
        _ => node?.ToJsonString() ?? "null",
    };

    private static AppliedValues Of(ReleaseScale wanted, HelmReleaseRecord record, Func<string, string?> read) => new(
        wanted.Values!.Keys.ToDictionary(
            key => key,
            key => read(key) ?? throw new InvalidOperationException($"There is no text for {key} of release {wanted.Namespace}/{wanted.Release}."),
            StringComparer.Ordinal),
        record);

    private string? Present(string key) => ChartValues.Text(_deployed.Config, key) ?? ChartValues.Text(_deployed.ChartDefaults, key);

    private void PutInto(JsonObject values)
    {
        foreach (var (key, text) in _texts)
            ChartValues.Set(values, key, Value(key, text));
    }

    /// <summary>A number stays one, since the charts' schemas insist on it for ports.</summary>
    private JsonValue Value(string key, string text)
    {
        var present = ChartValues.At(_deployed.Config, key) ?? ChartValues.At(_deployed.ChartDefaults, key);
        return present?.GetValueKind() == JsonValueKind.Number && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }
}
