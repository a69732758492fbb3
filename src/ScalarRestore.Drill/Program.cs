using ScalarRestore.Drill;
using ScalarRestore.Drill.Report;
using ScalarRestore.Drill.Restore;

if (args is ["worker", var job])
{
    return await Worker.RunAsync(job, CancellationToken.None);
}

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(DrillOptions.Usage);
    return 0;
}

DrillOptions options;
try
{
    options = DrillOptions.Parse(args);
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    Console.Error.WriteLine($"{e.Message}\n\n{DrillOptions.Usage}");
    return 64;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var result = await new Rehearsal(options, Console.Out).RunAsync(stop.Token);
ResultPrinter.Print(result, Console.Out);
if (options.Json)
{
    Console.WriteLine(ResultPrinter.ToJson(result));
}

return result.Faults.Count == 0 ? 0 : 1;
