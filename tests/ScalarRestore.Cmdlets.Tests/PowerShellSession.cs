using ScalarRestore.Testing;

namespace ScalarRestore.Cmdlets.Tests;

/// <summary>Scripts in a fresh PowerShell with the real cmdlets over the fake engine.</summary>
public sealed class PowerShellSession : IDisposable
{
    private readonly string _trace = Path.GetTempFileName();

    /// <summary>The manifest of the module under test.</summary>
    public static string Manifest { get; } = Path.Combine(AppContext.BaseDirectory, "module-under-test", "ScalarRestore", "ScalarRestore.psd1");

    /// <summary>What the fake engine wrote about itself.</summary>
    public IReadOnlyList<string> Trace => File.ReadAllLines(_trace);

    /// <summary>The environment of a session.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["FAKE_ENGINE_TRACE"] = _trace,
        ["NO_COLOR"] = "1",
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
    };

    /// <summary>Runs a script to its end.</summary>
    public ToolResult Run(string script) => Tool.Run("pwsh", ["-NoProfile", "-NonInteractive", "-Command", Prepared(script)], Environment);

    /// <summary>Runs a script and returns its lines.</summary>
    public string[] Lines(string script) =>
        Run(script).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Runs a script whose last error ends it, and returns that error's full id.</summary>
    public string ErrorId(string script) => Lines($"try {{ $null = {script}; 'no error' }} catch {{ $_.FullyQualifiedErrorId }}")[^1];

    /// <summary>The script with the module imported.</summary>
    public static string Prepared(string script) => $"$ErrorActionPreference = 'Stop'; Import-Module '{Manifest}'; {script}";

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_trace);
}
