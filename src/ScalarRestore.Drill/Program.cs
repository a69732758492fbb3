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
if (options.KillMatrix)
{
    return (await new KillMatrix(options, Console.Out).RunAsync(stop.Token)).Count == 0 ? 0 : 1;
}

var result = await new Rehearsal(options, options.Stage ? Console.Error : Console.Out).RunAsync(stop.Token);
if (result is null)
{
    return 0;
}

ResultPrinter.Print(result, Console.Out);
if (options.Json)
{
    Console.WriteLine(ResultPrinter.ToJson(result));
}

return result.Faults.Count == 0 ? 0 : 1;
