using System.Globalization;
using ScalarRestore.Engine.Procedures.Values;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Diffs;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Files;
using ScalarRestore.Engine.Values.Plans;

namespace ScalarRestore.Engine.Tests.Values.Plans;

/// <summary>Values files as people have them, before and after, byte for byte.</summary>
public sealed class CorpusTests : IDisposable
{
    private const string Canary = "canary";
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Cases => [.. CorpusCase.Names];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_are_many() => Assert.True(CorpusCase.Names.Count >= 100, $"{CorpusCase.Names.Count} cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Only_the_endpoint_changes(string name)
    {
        var corpus = CorpusCase.Read(name);
        foreach (var source in corpus.Sources)
            File.Copy(Path.Combine(CorpusCase.Folder, name, "before", source), Path.Combine(_folder.Path, source));

        var moves = EndpointMove.Read(corpus.ToChanges());
        if (corpus.Fault is not null)
        {
            await RefusedAsync(corpus, moves);
            foreach (var source in corpus.Sources)
                Assert.Equal(Bytes(name, "before", source), File.ReadAllBytes(Path.Combine(_folder.Path, source)));

            return;
        }

        var plan = await ApplyAsync(corpus, moves, corpus.Variables);
        foreach (var source in corpus.Sources)
            Assert.Equal(Bytes(name, "after", source), File.ReadAllBytes(Path.Combine(_folder.Path, source)));

        RequireEdits(corpus, plan);
        RequireVariables(corpus, plan);
        Assert.DoesNotContain(plan.Sources.SelectMany(source => source.Places), place => $"{place}".Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(plan.Warnings, warning => warning.Contains(Canary, StringComparison.OrdinalIgnoreCase));

        // Twice is once.
        var again = await ApplyAsync(corpus, moves, corpus.VariablesAfter ?? corpus.Variables);
        Assert.All(again.Sources, source => Assert.Empty(source.Edits));
        Assert.Empty(again.Variables);
        foreach (var source in corpus.Sources)
            Assert.Equal(Bytes(name, "after", source), File.ReadAllBytes(Path.Combine(_folder.Path, source)));
    }

    private async Task RefusedAsync(CorpusCase corpus, IReadOnlyList<EndpointMove> moves)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => ApplyAsync(corpus, moves, corpus.Variables));
        Assert.Equal(corpus.Fault, fault.Id);
        Assert.NotNull(fault.Mend);
        Assert.DoesNotContain(Canary, fault.Message + fault.Mend + fault.Target, StringComparison.OrdinalIgnoreCase);
        if (corpus.Source is not null)
            Assert.Contains(corpus.Source, fault.Message, StringComparison.Ordinal);

        if (corpus.Line is { } line)
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"line {line}, column {corpus.Column}"), fault.Message, StringComparison.Ordinal);
    }

    private async Task<ValuesPlan> ApplyAsync(CorpusCase corpus, IReadOnlyList<EndpointMove> moves, IReadOnlyDictionary<string, string> variables)
    {
        var files = new List<ValuesFile>();
        var documents = new List<ValuesDocument>();
        foreach (var source in corpus.Sources)
        {
            var isProperties = ValuesWork.IsProperties(source);
            var file = await ValuesFile.ReadAsync(Path.Combine(_folder.Path, source), isProperties, CancellationToken.None);
            files.Add(file);
            documents.Add(ValuesDocument.Read(new ValuesSource(source, file.Text, isProperties)));
        }

        var plan = ValuesPlanner.Plan(documents, new ValuesContext
        {
            Moves = moves,
            Facts = profile => new ProductFacts(
                corpus.ChartVersion.TryGetValue($"{profile?.Product}", out var chart) ? Version.Parse(chart) : null,
                corpus.AppVersion is null ? null : Version.Parse(corpus.AppVersion),
                new PodVariables(variables, Complete: false)),
        });
        ValuesCheck.RequireAll(plan, moves);
        foreach (var (file, source) in files.Zip(plan.Sources))
        {
            Assert.DoesNotContain(Canary, SourceDiff.Of(source, "values.yaml") ?? "", StringComparison.OrdinalIgnoreCase);
            await file.WriteAsync(source.AfterText, CancellationToken.None);
        }

        return plan;
    }

    private static void RequireEdits(CorpusCase corpus, ValuesPlan plan)
    {
        foreach (var edit in corpus.Edits)
        {
            var places = plan.Sources[corpus.Sources.ToList().IndexOf(edit.Source)].Places;
            Assert.Contains(places, place => place.Line == edit.Line && place.Column == edit.Column && place.Property == edit.Property && (edit.Key is null || place.Key == edit.Key));
        }
    }

    private static void RequireVariables(CorpusCase corpus, ValuesPlan plan)
    {
        var after = new Dictionary<string, string>(corpus.Variables, StringComparer.Ordinal);
        foreach (var group in plan.Variables.GroupBy(edit => edit.Variable, StringComparer.Ordinal))
            after[group.Key] = TextEdits.Apply(after[group.Key], group.Select(edit => new TextEdit(edit.Part!.Value.Start, edit.Part.Value.Length, edit.Replacement)).Distinct());

        Assert.Equal((corpus.VariablesAfter ?? corpus.Variables).OrderBy(pair => pair.Key, StringComparer.Ordinal), after.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static byte[] Bytes(string name, string folder, string source) => File.ReadAllBytes(Path.Combine(CorpusCase.Folder, name, folder, source));
}
