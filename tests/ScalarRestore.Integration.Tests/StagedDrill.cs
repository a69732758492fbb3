using System.Diagnostics;
using System.Text.Json.Nodes;
using ScalarRestore.Integration.Tests.Drill;

namespace ScalarRestore.Integration.Tests;

/// <summary>A drill that has staged and spoilt a world, and keeps it until it is disposed of.</summary>
internal sealed class StagedDrill : IAsyncDisposable
{
    private readonly Process _drill;

    private StagedDrill(Process drill, JsonObject staged)
    {
        _drill = drill;
        Staged = staged;
        Control = new HttpClient { BaseAddress = new Uri(Variable("SCALARRESTORE_SANDBOX_CONTROL")) };
    }

    /// <summary>What the drill says of the world.</summary>
    public JsonObject Staged { get; }

    /// <summary>The sandbox's own interface.</summary>
    public HttpClient Control { get; }

    /// <summary>The namespace of the releases.</summary>
    public string Namespace => (string)Staged["namespace"]!;

    /// <summary>The middle of the pause.</summary>
    public DateTimeOffset RestoreTime => DateTimeOffset.FromUnixTimeMilliseconds(((long)Staged["pauseStartMs"]! + (long)Staged["pauseEndMs"]!) / 2);

    /// <summary>Stages a world without helm.</summary>
    public static async Task<StagedDrill> StartAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments = ["exec", DrillProgram.Assembly, "--stage", "--quick", "--engine", "record", "--items", "12", .. options];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var drill = Process.Start(start) ?? throw new InvalidOperationException("The drill did not start.");
        string? line;
        do
            line = await drill.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The drill ended before the world was staged.");
        while (!line.StartsWith('{'));
        return new StagedDrill(drill, JsonNode.Parse(line)!.AsObject());
    }

    /// <summary>A variable that leads clients to the sandbox.</summary>
    public string Variable(string name) => (string)Staged["environment"]![name]!;

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        _drill.StandardInput.Close();
        await _drill.WaitForExitAsync();
        _drill.Dispose();
    }
}
