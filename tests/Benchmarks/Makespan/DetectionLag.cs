using ScalarRestore.Contracts;

namespace ScalarRestore.Benchmarks.Makespan;

/// <summary>From an operation being over in the service until the step that waited for it was done, in seconds.</summary>
internal sealed class DetectionLag
{
    private readonly Dictionary<string, double[]> _byVerb;

    private DetectionLag(Dictionary<string, double[]> byVerb) => _byVerb = byVerb;

    /// <summary>The 95th percentile of all steps that wait.</summary>
    public double P95 => Percentile([.. _byVerb.Values.SelectMany(lags => lags)]);

    /// <summary>The 95th percentile of each kind of step.</summary>
    public IEnumerable<(string Verb, double P95)> ByVerb => _byVerb.Select(item => (item.Key, Percentile(item.Value)));

    /// <summary>Compares the steps with the service's own times.</summary>
    public static DetectionLag Of(RestoreRun run, IReadOnlyList<TableTimes> tables)
    {
        var ended = run.Steps.ToDictionary(step => step.Key, step => step.EndedAt, StringComparer.Ordinal);
        return new DetectionLag(new Dictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["safety"] = Lags("safety", t => t.Safety?.EndedAt),
            ["copy"] = Lags("copy", t => t.CopyReadyAt),
            ["backup"] = Lags("backup", t => t.Backup.EndedAt),
            ["delete"] = Lags("delete", t => t.Delete.EndedAt),
            ["restore"] = Lags("restore", t => t.RestoreReadyAt),
            ["cleanup"] = Lags("cleanup", t => t.Cleanup.EndedAt),
        });

        double[] Lags(string verb, Func<TableTimes, DateTimeOffset?> over) =>
            [.. tables.Select(t => ended.GetValueOrDefault($"{verb}:{t.Name}") - over(t)).OfType<TimeSpan>().Select(lag => lag.TotalSeconds)];
    }

    private static double Percentile(double[] values) =>
        values.Length == 0 ? 0 : values.Order().ElementAt((int)Math.Ceiling(0.95 * values.Length) - 1);
}
