using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Contracts;
using ScalarRestore.Drill.Restore;

namespace ScalarRestore.Benchmarks.Values;

/// <summary>
/// How long an update of a values file takes, from the file to the file: reading, planning, editing, reading again, comparing, and putting the
/// new file in its place. Every size is taken in one process, and the smallest of several is told.
/// </summary>
internal sealed class ValuesBenchmark : IBenchmark
{
    private const string Old = "old-db.cluster-c1.eu-west-1.rds.amazonaws.com";
    private const string New = "restored-db.cluster-c1.eu-west-1.rds.amazonaws.com";
    private const int Rounds = 5;
    private static readonly int[] Sizes = [1, 2, 4, 8, 10];

    /// <inheritdoc/>
    public string Name => "values";

    /// <inheritdoc/>
    public string Usage => """
        values [--json]       edits the endpoint in values files of 1, 2, 4, 8 and 10 MB; wall seconds

          mixed    mostly blocks of text (dashboards, schemas, certificates), as large values files are
          block    one property block that takes up the whole file
          keys     nothing but short keys, 40 characters each: the worst that there is
        """;

    /// <inheritdoc/>
    public async Task<JsonObject> RunAsync(IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("scalar-bench-").FullName;
        try
        {
            var engine = EngineLoader.Load();
            var result = new JsonObject();
            await output.WriteLineAsync($"{"seconds",-8}{string.Concat(Sizes.Select(size => $"{size + " MB",10}"))}{"10 : 1",10}".AsMemory(), cancellationToken);
            foreach (var (name, make) in ValuesFileMaker.Kinds)
            {
                var seconds = new List<double>();
                foreach (var size in Sizes)
                    seconds.Add(await MeasureAsync(engine, Path.Combine(folder, "values.yaml"), make(size * 1_000_000, Old), cancellationToken));

                result[name] = new JsonArray([.. seconds.Select(one => JsonValue.Create(Math.Round(one, 4)))]);
                var line = string.Concat(seconds.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one,10:0.000}")));
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-8}{line}{seconds[^1] / seconds[0],10:0.0}").AsMemory(), cancellationToken);
            }

            return result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(IRestoreEngine engine, string path, string text, CancellationToken cancellationToken)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
            GC.Collect();
            var began = Stopwatch.GetTimestamp();
            var update = await engine.UpdateValuesAsync(
                new UpdateValuesRequest { Paths = [path], Endpoints = [new EndpointChange { Old = Old, New = New }] },
                new ConsoleHost(TextWriter.Null, verbose: false, killPoint: null),
                cancellationToken);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (update.Changes is not [{ State: ValuesChangeState.Changed }])
                throw new InvalidOperationException("The file was not changed.");
        }

        return best;
    }
}
