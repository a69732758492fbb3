using System.Globalization;
using ScalarRestore.Drill.Databases.DynamoDb;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Benchmarks.ByHand;

/// <summary>What the guide by hand takes.</summary>
/// <param name="Tables">Tables that were really restored by hand.</param>
/// <param name="SecondsPerTable">What one took.</param>
/// <param name="CommandsPerTable">Commands for one, looks included.</param>
/// <param name="CliSeconds">What one process of the CLI takes.</param>
/// <param name="ExtrapolatedSeconds">For all tables: the time of one times their number.</param>
internal sealed record HandFigures(int Tables, double SecondsPerTable, double CommandsPerTable, double CliSeconds, double ExtrapolatedSeconds)
{
    /// <summary>How the figures came about.</summary>
    public string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"measured on {Tables} tables and extrapolated; CLI processes counted at their wall time, waits by the service's own times and a sleep of {HandTimer.Sleep.TotalSeconds} s");

    /// <summary>Restores a few tables by hand.</summary>
    public static async Task<HandFigures?> MeasureAsync(ScalarWorld world, IReadOnlyList<TableSpec> all, int count, TextWriter output, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return null;
        }

        var endpoint = (string)world.Sandbox.Ready["aws"]!["endpoint"]!;
        if (await AwsCli.FindAsync(world.Sandbox.Environment, endpoint, world.Folder, cancellationToken) is not { } cli)
        {
            await output.WriteLineAsync("AWS CLI v2 was not found, so the guide by hand is left out.");
            return null;
        }

        // Older releases of CLI v2 do not know of deletion protection.
        var hand = new HandRestore(cli, world.Sandbox);
        var tables = all.Where(table => !table.DeletionProtection && !table.Metadata).Take(count).ToList();
        foreach (var table in tables)
        {
            await output.WriteLineAsync($"By hand: {table.Name}");
            await hand.RestoreAsync(table, cancellationToken);
        }

        var seconds = hand.Timer.Seconds / tables.Count;
        return new HandFigures(tables.Count, seconds, (double)hand.Timer.Commands / tables.Count, hand.Timer.CliSeconds, seconds * all.Count);
    }
}
