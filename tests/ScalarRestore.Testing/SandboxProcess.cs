using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Testing;

/// <summary>A sandbox running as a process of its own, as users of it run it. Dispose it to end it.</summary>
public sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;

    private SandboxProcess(Process process, string folder, JsonObject ready)
    {
        _process = process;
        _folder = folder;
        Ready = ready;
        Control = new SandboxControl(ControlUrl);
        Clock = new SandboxTime((long)ready["clock"]!["originUnixMs"]!, (long)ready["clock"]!["originTimestamp"]!, (double)ready["clock"]!["scale"]!, Control);
        Environment = Variables(ready["environment"]!);
        AzureEnvironment = Variables(ready["azure"]!["environment"]!);
    }

    /// <summary>The line that the sandbox printed when it was ready.</summary>
    public JsonObject Ready { get; }

    public int ProcessId => _process.Id;

    public string Folder => (string)Ready["folder"]!;

    public Uri KubernetesUrl => new((string)Ready["kubernetes"]!["url"]!);

    public string KubeconfigPath => (string)Ready["kubernetes"]!["kubeconfig"]!;

    public string ReadOnlyKubeconfigPath => (string)Ready["kubernetes"]!["kubeconfigReadOnly"]!;

    public string CaFile => (string)Ready["kubernetes"]!["caFile"]!;

    public Uri AwsEndpoint => new((string)Ready["aws"]!["endpoint"]!);

    public string AwsRegion => (string)Ready["aws"]!["region"]!;

    public string AwsAccountId => (string)Ready["aws"]!["accountId"]!;

    public string AwsAccessKeyId => (string)Ready["aws"]!["accessKeyId"]!;

    public string AwsSecretAccessKey => (string)Ready["aws"]!["secretAccessKey"]!;

    public Uri ArmUrl => new((string)Ready["azure"]!["armUrl"]!);

    public string AzureSubscriptionId => (string)Ready["azure"]!["subscriptionId"]!;

    public Uri ControlUrl => new((string)Ready["control"]!["url"]!);

    /// <summary>Variables for a client: KUBECONFIG, AWS_*, and the sandbox's clock and control address.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>Variables for a client of Azure: the managed identity's endpoints, and the authority to trust.</summary>
    public IReadOnlyDictionary<string, string?> AzureEnvironment { get; }

    /// <summary>The sandbox's time.</summary>
    public SandboxTime Clock { get; }

    /// <summary>The sandbox's control interface.</summary>
    public SandboxControl Control { get; }

    /// <summary>Starts a sandbox on free ports.</summary>
    /// <param name="extraArgs">Options such as <c>--time-scale 60</c>, each word for itself.</param>
    public static async Task<SandboxProcess> StartAsync(params string[] extraArgs)
    {
        var folder = Directory.CreateTempSubdirectory("scalar-sandbox-test-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var parent = System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["exec", TestPaths.SandboxAssembly, "--parent-pid", parent, "--folder", folder, .. extraArgs];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var process = Process.Start(start) ?? throw new InvalidOperationException("The sandbox did not start.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync();
            using var patience = new CancellationTokenSource(Patience);
            var line = await process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"The sandbox ended before it was ready: {await errors}");
            return new SandboxProcess(process, folder, JsonNode.Parse(line)!.AsObject());
        }
        catch
        {
            Kill(process);
            process.Dispose();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Asks the sandbox to end, as a service manager would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        Kill(_process);
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string?> Variables(JsonNode json) =>
        json.AsObject().ToDictionary(e => e.Key, e => (string?)e.Value, StringComparer.Ordinal);

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
