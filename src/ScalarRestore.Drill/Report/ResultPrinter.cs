using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScalarRestore.Drill.Report;

/// <summary>Prints what a drill found, within 80 columns.</summary>
internal static class ResultPrinter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(DrillResult result, TextWriter output)
    {
        output.WriteLine();
        Line(output, "Restore point", result.RestoreTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Line(output, "Releases", $"{string.Join(", ", result.Releases)} (by {result.Engine})");
        PrintDatabases(result, output);
        Line(output, "Settings lost", result.DriftLeft.ToString(CultureInfo.InvariantCulture));
        Line(output, "Processes killed", result.Kills.ToString(CultureInfo.InvariantCulture));
        Line(output, "Steps, calls", $"{result.Steps}, {result.Calls}");
        Line(output, "Databases restored in", $"{Span(result.MakespanSeconds)} (no schedule could beat {Span(result.CriticalPathSeconds)})");
        if (result.KindSeconds.Count > 1)
        {
            var slowest = result.KindSeconds.MaxBy(kind => kind.Value);
            Line(output, "Slowest kind alone", $"{slowest.Key}, {Span(slowest.Value)}");
        }

        Line(output, "Outage", Span(result.OutageSeconds));
        foreach (var fault in result.Faults)
        {
            output.WriteLine($"  x {fault}");
        }

        output.WriteLine();
        output.WriteLine((result.Faults.Count, result.OutOfReach) switch
        {
            (0, null) => "PROVEN: every item is back, and nothing else.",
            (0, _) => "CONTROL PLANE PROVEN: restored from the source, to the second, as it was.\nNo PostgreSQL ran behind it, so that no row was compared.",
            _ => "NOT PROVEN.",
        });
    }

    public static string ToJson(DrillResult result) => JsonSerializer.Serialize(result, Options);

    private static void PrintDatabases(DrillResult result, TextWriter output)
    {
        if (result.Deletions > 0)
        {
            Line(output, "Tables", $"{result.Deletions}, each deleted and restored once: {result.Deletions} deletions");
        }

        foreach (var one in result.Databases)
        {
            Line(output, one.Source, $"{one.Kind}: {one.Made}, in {Span(one.Seconds)}");
            Line(output, "", $"-> {one.Restored}");
        }

        if (result.OutOfReach is null)
        {
            Line(output, HasItems(result) ? "Items" : "Rows", $"{result.Items} compared, {result.SpoiltItems} had been spoilt");
            Line(output, HasItems(result) ? "Wrong items" : "Wrong rows", result.WrongItems.ToString(CultureInfo.InvariantCulture));
        }

        if (result.WritesDuringRestore is { } writes)
        {
            Line(output, "Writes while stopped", writes.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static bool HasItems(DrillResult result) => result.Postgres is null || result.Databases.Any(one => one.Kind is not ("rds" or "aurora"));

    private static void Line(TextWriter output, string name, string value) => output.WriteLine($"  {name,-22} {value}");

    private static string Span(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
