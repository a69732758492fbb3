using System.ComponentModel;
using System.Diagnostics;
using System.Text;
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
    /// <param name="arguments">The arguments.</param>
    /// <param name="variables">Environment variables beside those of this process.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="hide">Hides what must not be shown of helm's errors; before what is known by its looks, which would leave parts of it.</param>
    /// <param name="input">What helm reads from its standard input: values with passwords go there, since arguments and files can be seen.</param>
    /// <exception cref="RestoreException"><c>HelmNotRunnable</c>, <c>HelmTimedOut</c>.</exception>
    public async Task<HelmOutput> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables, CancellationToken cancellationToken, string? input = null, Func<string, string>? hide = null)
    {
        var start = new ProcessStartInfo(Path)
        {
            RedirectStandardInput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        // The cluster is named by arguments; variables such as HELM_KUBEAPISERVER must not lead helm to another one. With HELM_DEBUG it would
        // write out all values.
        foreach (var name in start.Environment.Keys.Where(IsUnwanted).ToList())
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

        return await WaitAsync(process, arguments, input, hide, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsUnwanted(string variable) =>
        variable.StartsWith("HELM_KUBE", StringComparison.OrdinalIgnoreCase) || variable.Equals("HELM_DEBUG", StringComparison.OrdinalIgnoreCase);

    private static async Task FeedAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // helm ended without reading: what it says about that is what counts.
            return;
        }
    }

    private async Task<HelmOutput> WaitAsync(
        Process process, IReadOnlyList<string> arguments, string? input, Func<string, string>? hide, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await FeedAsync(process, input, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new HelmOutput(
                process.ExitCode, await output.ConfigureAwait(false), Shown((await errors.ConfigureAwait(false)).Trim(), hide));
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

    private static string Shown(string errors, Func<string, string>? hide) => Redactor.Redact(hide is null ? errors : hide(errors));

    private static bool IsProgram(string file) =>
        File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
