using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Sandbox;

/// <summary>A spoiled world that is ready to be restored, told to whoever wants to restore it: by hand in a terminal, or in a test of the cmdlets.</summary>
internal sealed record StagedWorld
{
    private const string AuthorityVariable = "SSL_CERT_FILE";

    /// <summary>The variables that lead clients to the sandbox.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>The namespace of the releases.</summary>
    public required string Namespace { get; init; }

    /// <summary>The releases.</summary>
    public required IReadOnlyList<string> Releases { get; init; }

    /// <summary>The databases behind them: tables, or instances and clusters.</summary>
    public required IReadOnlyList<string> Databases { get; init; }

    /// <summary>Whether a restored database has another endpoint, so that values have to be updated.</summary>
    public required bool MovesEndpoints { get; init; }

    /// <summary>Whether a Secret behind placeholders has to be updated too.</summary>
    public bool UpdatesSecret { get; init; }

    /// <summary>The values files of the releases, in helm's order; none where they are in the releases alone.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init; }

    /// <summary>When every pod had paused.</summary>
    public required DateTimeOffset PauseStart { get; init; }

    /// <summary>When the first pod went on.</summary>
    public required DateTimeOffset PauseEnd { get; init; }

    /// <summary>The helm program; null where there is none.</summary>
    public string? Helm { get; init; }

    /// <summary>Tells how to get there, and keeps the world until the standard input ends.</summary>
    public async Task HoldAsync(TextWriter people, TextWriter machine, CancellationToken cancellationToken)
    {
        await people.WriteLineAsync("\nThe world is spoiled. In a PowerShell of yours:\n");
        if (Environment.TryGetValue(AuthorityVariable, out var authority))
        {
            await people.WriteLineAsync($"  (begun as {AuthorityVariable}='{authority}' pwsh: whom a process trusts is settled when it starts)\n");
        }

        foreach (var (name, value) in Environment)
        {
            await people.WriteLineAsync($"  $env:{name} = '{value}'");
        }

        await people.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""

              $point = Get-ScalarRestorePoint -PauseStart {PauseStart.ToUnixTimeMilliseconds()} -PauseEnd {PauseEnd.ToUnixTimeMilliseconds()}
              Get-ScalarWorkload -Namespace {Namespace} | Stop-ScalarWorkload |
                  Restore-ScalarDatabase -RestoreTime $point | Update-ScalarValues{Update} | Start-ScalarWorkload

            The end of the standard input (Ctrl-D) ends the sandbox.
            """));
        await machine.WriteLineAsync(ToJson().ToJsonString());
        await machine.FlushAsync(cancellationToken);
        await Console.In.ReadToEndAsync(cancellationToken);
    }

    private string Secret => UpdatesSecret ? " -UpdateSecret" : "";

    private string Update => (MovesEndpoints, ValuesFiles) switch
    {
        (false, _) => "",
        (true, []) => $" -FromRelease{Secret}",
        (true, _) => $" -Path {string.Join(", ", ValuesFiles.Select(file => $"'{file}'"))}{Secret}",
    };

    private JsonObject ToJson() => new()
    {
        ["environment"] = new JsonObject(Environment.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))),
        ["namespace"] = Namespace,
        ["releases"] = new JsonArray([.. Releases.Select(release => (JsonNode)release)]),
        [MovesEndpoints ? "databases" : "tables"] = new JsonArray([.. Databases.Select(name => (JsonNode)name)]),
        ["valuesFiles"] = new JsonArray([.. ValuesFiles.Select(file => (JsonNode)file)]),
        ["pauseStartMs"] = PauseStart.ToUnixTimeMilliseconds(),
        ["pauseEndMs"] = PauseEnd.ToUnixTimeMilliseconds(),
        ["helm"] = Helm,
        ["charts"] = BuiltPaths.Charts,
    };
}
