using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>What becomes of a release's manifest, and of its objects in the cluster, when values change: as helm would render it.</summary>
internal sealed class RenderedValues
{
    /// <summary>The annotation that rolls the pods when the properties change.</summary>
    public const string ChecksumKey = "checksum/config";

    private readonly Dictionary<(RenderedKind Kind, string Name), JsonObject> _data = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    private RenderedValues(string manifest)
    {
        Manifest = manifest;
    }

    /// <summary>The manifest afterwards.</summary>
    public string Manifest { get; private set; }

    /// <summary>The checksum afterwards; null if the chart has none.</summary>
    public string? Checksum { get; private set; }

    /// <summary>What ConfigMaps and Secrets have to hold, by kind and name.</summary>
    public IReadOnlyDictionary<(RenderedKind Kind, string Name), JsonObject> Data => _data;

    /// <summary>What variables of the product's container have to be.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Puts values into a record's manifest.</summary>
    /// <exception cref="RestoreException"><c>ValuesNotRendered</c>: the manifest has no place for one of them.</exception>
    public static RenderedValues Of(ChartProfile profile, HelmReleaseRecord record, AppliedValues values, string release)
    {
        var manifest = new ReleaseManifest(record.Manifest, release);
        var places = new RenderedPlaces(profile, record, manifest);
        var found = values.Keys.Select(key => places.Find(key) ?? throw NotRendered(places, key, release)).ToList();
        var rendered = new RenderedValues(record.Manifest);
        var edits = new List<TextEdit>();
        var expected = new Dictionary<YamlItem, string>(ReferenceEqualityComparer.Instance);
        foreach (var scalar in found.GroupBy(place => place.Item, ReferenceEqualityComparer.Instance))
        {
            var first = scalar.First();
            var text = scalar.Aggregate(first.Item.Text ?? "", (said, place) => place.With(said, values[place.Key]));
            rendered.Note(first, text);
            edits.Add(Edit(manifest, first, text));
            expected[first.Item] = text;
        }

        rendered.Checksum = NewChecksum(manifest, places, found, edits);
        if (rendered.Checksum is { } checksum && manifest.Deployment(profile) is { } deployment)
        {
            var item = places.Checksum!;
            edits.Add(new TextEdit(deployment.Offset + item.Start, item.End - item.Start, checksum));
            expected[item] = checksum;
        }

        rendered.Manifest = TextEdits.Apply(record.Manifest, edits);
        Require(manifest, rendered.Manifest, expected, release);
        return rendered;
    }

    private void Note(RenderedPlace place, string text)
    {
        if (place.Kind == RenderedKind.Variable)
        {
            _variables[place.Entry] = text;
            return;
        }

        var key = (place.Kind, place.Document.Name!);
        if (!_data.TryGetValue(key, out var data))
            _data[key] = data = [];

        data[place.Entry] = text;
    }

    private static TextEdit Edit(ReleaseManifest manifest, RenderedPlace place, string text)
    {
        var slot = new YamlSlot(manifest.Text, place.Document.Offset, place.Document.End, place.Map, place.Item);
        var written = slot.OwnLine && ReadsAs(slot.AsHelm(text), text) ? slot.AsHelm(text) : slot.Exact(text);
        return new TextEdit(slot.Start, slot.End - slot.Start, written);
    }

    private static bool ReadsAs(string written, string text)
    {
        try
        {
            return YamlReader.Read("k:\n    " + written + "\n", YamlBudget.Manifest)?["k"]?.Text == text;
        }
        catch (YamlFault)
        {
            return false;
        }
    }

    /// <summary>
    /// The checksum that helm would compute. It covers the whole template, which may make several objects (Scalar's charts add a dashboard), in
    /// the form that gives the present checksum.
    /// </summary>
    private static string? NewChecksum(ReleaseManifest manifest, RenderedPlaces places, List<RenderedPlace> found, List<TextEdit> edits)
    {
        if (places.Checksum?.Text is not { } present || found.FirstOrDefault(place => place.Kind == RenderedKind.ConfigMap)?.Document is not { } document)
            return null;

        var template = manifest.Documents.Where(one => ReferenceEquals(one, document) || (SourceOf(manifest, one) is { } source && source == SourceOf(manifest, document))).ToList();
        var before = Forms(template.Select(one => manifest.Text[one.Offset..one.End]));
        var after = Forms(template.Select(one => TextEdits.Apply(
            manifest.Text[one.Offset..one.End],
            edits.Where(edit => edit.Start >= one.Offset && edit.Start < one.End).Select(edit => edit with { Start = edit.Start - one.Offset }))));

        // If none gives it, any other value still rolls the pods.
        return Hash(after[Math.Max(0, before.FindIndex(form => Hash(form) == present))]);
    }

    // What a template renders to, and what helm keeps of it, differ in the lines around each object.
    private static List<string> Forms(IEnumerable<string> objects)
    {
        var text = string.Join("\n---\n", objects.Select(one => Body(one).Trim()));
        return [text + "\n", text, text + "\n---\n", text + "\n    \n", "\n" + text + "\n", "\n" + text];
    }

    private static string? SourceOf(ReleaseManifest manifest, ManifestDocument document)
    {
        var text = manifest.Text[document.Offset..document.End];
        var line = text.StartsWith("---", StringComparison.Ordinal) ? AfterLine(text) : text;
        return line.StartsWith("# Source:", StringComparison.Ordinal) ? line[..(line.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : line.Length)].TrimEnd() : null;
    }

    private static string Body(string text)
    {
        var body = text.StartsWith("---", StringComparison.Ordinal) ? AfterLine(text) : text;
        return body.StartsWith("# Source:", StringComparison.Ordinal) ? AfterLine(body) : body;
    }

    private static string AfterLine(string text) => text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? text[(end + 1)..] : "";

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    // Read again: the values are there to the letter, and everything else is read as before.
    private static void Require(ReleaseManifest before, string text, Dictionary<YamlItem, string> expected, string release)
    {
        var after = new ReleaseManifest(text, release);
        var same = before.Documents.Count == after.Documents.Count
            && before.Documents.Zip(after.Documents).All(pair => YamlComparison.Difference(pair.First.Root, pair.Second.Root, expected) is null);
        if (!same)
        {
            throw new RestoreException(
                "ValuesNotRendered",
                FaultCategory.InvalidOperation,
                $"The manifest of release {release} would not be read as it should with the new values in it.",
                release,
                "Use -Engine Helm, which renders the chart again. Nothing was changed.");
        }
    }

    private static RestoreException NotRendered(RenderedPlaces places, string key, string release) => new(
        "ValuesNotRendered",
        FaultCategory.InvalidOperation,
        $"The manifest of release {release} has no place for {key}: looked for {places.Describe(key)}.",
        release,
        "Use -Engine Helm, which renders the chart again. Nothing was changed.");
}
