using System.Text.Json;
using ScalarRestore.Testing;

namespace ScalarRestore.Engine.Tests.Values.Plans;

/// <summary>One folder of <c>tests/data/values</c>: its README tells the form.</summary>
internal sealed record CorpusCase
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public required string About { get; init; }

    public required IReadOnlyList<CorpusChange> Changes { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public string? AppVersion { get; init; }

    public IReadOnlyDictionary<string, string> ChartVersion { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string>? VariablesAfter { get; init; }

    public IReadOnlyList<CorpusEdit> Edits { get; init; } = [];

    public string? Fault { get; init; }

    public string? Source { get; init; }

    public int? Line { get; init; }

    public int? Column { get; init; }

    public static string Folder => Path.Combine(TestPaths.TestsFolder, "data", "values");

    public static IReadOnlyList<string> Names => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static CorpusCase Read(string name) =>
        JsonSerializer.Deserialize<CorpusCase>(File.ReadAllText(Path.Combine(Folder, name, "case.json")), Options)!;

    public IReadOnlyList<EndpointChange> ToChanges() => [.. Changes.Select(change => new EndpointChange { Old = change.Old, New = change.New })];
}
