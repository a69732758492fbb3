using System.ComponentModel;
using System.Diagnostics;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Workloads;

/// <summary>The helm program: run with a list of arguments, never through a shell.</summary>
internal sealed class HelmProgram(string path)
{
    /// <summary>helm keeps the machine's time, however fast the engine's clock goes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Looks on PATH; null if there is none.</summary>
    public static HelmProgram? Find(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var name = OperatingSystem.IsWindows() ? "helm.exe" : "helm";

        // Only rooted folders: what lies in the current folder by chance is not to be run.
        var file = (variable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(System.IO.Path.IsPathRooted)
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(IsProgram);
        return file is null ? null : new HelmProgram(file);
    }

    /// <summary>Runs helm to its end, or kills it when stopped.</summary>
    /// <exception cref="RestoreException"><c>HelmNotRunnable</c>, <c>HelmTimedOut</c>.</exception>
    public async Task<HelmOutput> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        // The cluster is named by arguments; variables such as HELM_KUBEAPISERVER must not lead helm to another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("HELM_KUBE", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            throw new RestoreException(
                "HelmNotRunnable", FaultCategory.InvalidOperation, $"helm ('{Path}') cannot be started: {e.Message}", Path, "Use -Engine Record, which needs no helm.", e);
        }

        process.StandardInput.Close();
        return await WaitAsync(process, arguments, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HelmOutput> WaitAsync(Process process, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new HelmOutput(
                process.ExitCode, await output.ConfigureAwait(false), Redactor.Redact((await errors.ConfigureAwait(false)).Trim()));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new RestoreException(
                "HelmTimedOut",
                FaultCategory.OperationTimeout,
                $"'helm {arguments[0]}' did not end within {Patience} and was killed.",
                Path,
                "Run the command again: it finds the interrupted revision and goes on from there.");
        }
    }

    private static bool IsProgram(string file) =>
        File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
