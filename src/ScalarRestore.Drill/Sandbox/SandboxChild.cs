using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Rds;

namespace ScalarRestore.Drill.Sandbox;

/// <summary>The sandbox, running as a child process for as long as the drill.</summary>
internal sealed class SandboxChild : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DateTimeOffset _origin;
    private readonly long _originTimestamp;
    private readonly double _scale;

    private SandboxChild(Process process, JsonObject ready, bool isAzure)
    {
        _process = process;
        Ready = ready;
        _origin = DateTimeOffset.FromUnixTimeMilliseconds((long)ready["clock"]!["originUnixMs"]!);
        _originTimestamp = (long)ready["clock"]!["originTimestamp"]!;
        _scale = (double)ready["clock"]!["scale"]!;
        Environment = ready["environment"]!.AsObject().Concat(isAzure ? AzureVariables(ready["azure"]!) : [])
            .ToDictionary(item => item.Key, item => (string?)item.Value, StringComparer.Ordinal);
        Control = new ControlApi(new Uri((string)ready["control"]!["url"]!));
    }

    /// <summary>The line that the sandbox printed when it was ready.</summary>
    public JsonObject Ready { get; }

    /// <summary>The version of PostgreSQL that runs behind the endpoints of RDS; null where none does.</summary>
    public string? Postgres => (string?)Ready["postgres"];

    /// <summary>The variables that lead clients to the sandbox.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>The sandbox's control interface.</summary>
    public ControlApi Control { get; }

    /// <summary>The sandbox's present instant.</summary>
    /// <remarks>By the counter that all processes of a machine share: the wall clock may be set right while a drill runs.</remarks>
    public DateTimeOffset Now => _origin + (Stopwatch.GetElapsedTime(_originTimestamp) * _scale);

    /// <summary>Waits for a span of the sandbox's time.</summary>
    public Task DelayAsync(TimeSpan span, CancellationToken cancellationToken) => Task.Delay(span / _scale, cancellationToken);

    /// <summary>Starts a sandbox and waits until it is ready.</summary>
    public static async Task<SandboxChild> StartAsync(DrillOptions options, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "exec", BuiltPaths.Sandbox,
            "--folder", folder,
            "--time-scale", options.TimeScale.ToString(CultureInfo.InvariantCulture),
            "--seed", options.Seed.ToString(CultureInfo.InvariantCulture),
            "--parent-pid", System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        ];
        string[] more =
        [
            .. options.Quick ? [] : new[] { "--settings", "realistic" },
            .. options is { Rows: true, HasRows: true } && Psql.IsInstalled ? ["--postgres", "auto"] : Array.Empty<string>(),
        ];
        foreach (var argument in arguments.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The sandbox could not be started.");
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The sandbox ended before it was ready.");
        return new SandboxChild(process, JsonNode.Parse(line)!.AsObject(), options.OnAzure);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // Only where there is something on Azure: a client with these trusts the sandbox's authority alone.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> AzureVariables(JsonNode azure) => azure["environment"]!.AsObject().Concat(
    [
        KeyValuePair.Create("SCALARRESTORE_ARM_ENDPOINT", azure["armUrl"]),
        KeyValuePair.Create("SCALARRESTORE_ARM_AUDIENCE", azure["audience"]),
    ]);
}
