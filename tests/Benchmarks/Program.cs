using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Benchmarks;
using ScalarRestore.Benchmarks.Makespan;
using ScalarRestore.Benchmarks.Values;
using ScalarRestore.Benchmarks.Workers;

if (args is ["worker", .. var work])
{
    return await MeasuredWorker.RunAsync(work, CancellationToken.None);
}

IBenchmark[] benchmarks = [new MakespanBenchmark(), new ValuesBenchmark()];
var benchmark = args.Length > 0 ? Array.Find(benchmarks, item => string.Equals(item.Name, args[0], StringComparison.Ordinal)) : null;
if (benchmark is null || args is [_, "--help" or "-h"])
{
    Console.WriteLine("Benchmarks; figures of time are in the sandbox's seconds unless they say wall.\n");
    Console.WriteLine(string.Join("\n\n", benchmarks.Select(item => item.Usage)));
    return benchmark is null && args is not ([] or ["--help"] or ["-h"]) ? 64 : 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    // Everything for people goes out first; with --json the last line is for machines.
    var result = await benchmark.RunAsync(args[1..], Console.Out, stop.Token);
    if (args.Contains("--json", StringComparer.Ordinal))
    {
        Console.WriteLine(JsonSerializer.Serialize<JsonNode>(result));
    }

    return 0;
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    Console.Error.WriteLine($"{e.Message}\n\n{benchmark.Usage}");
    return 64;
}
