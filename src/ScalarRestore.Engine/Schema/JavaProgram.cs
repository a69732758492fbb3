using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Schema;

/// <summary>The java program: run with a list of arguments, never through a shell.</summary>
internal sealed class JavaProgram(string path)
{
    private const int MostLines = 20;

    /// <summary>Looks in <c>JAVA_HOME</c>, then on PATH; null if there is none.</summary>
    public static JavaProgram? Find(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var name = OperatingSystem.IsWindows() ? "java.exe" : "java";
        var home = variable("JAVA_HOME") is { Length: > 0 } set ? [Path.Combine(set, "bin")] : Array.Empty<string>();
        var folders = home.Concat((variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)).Where(Path.IsPathRooted);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } file ? new JavaProgram(file) : null;
    }

    /// <summary>The fault for a machine without it.</summary>
    public static RestoreException NotFound() => new(
        "JavaNotFound",
        FaultCategory.ObjectNotFound,
        "Schema Loader needs Java, and there is none in JAVA_HOME or on PATH.",
        "java",
        "Install it, or use -Method Copy, which needs none. Nothing was changed.");

    /// <summary>Runs it to its end, or kills it when stopped.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="timeout">The longest, on this machine's clock.</param>
    /// <param name="hide">Hides what is known to be secret.</param>
    /// <param name="line">Takes each line that it writes, without secrets.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The exit code and the last lines, without secrets.</returns>
    /// <exception cref="RestoreException"><c>JavaNotRunnable</c>, <c>SchemaLoaderTimedOut</c>.</exception>
    public async Task<(int ExitCode, IReadOnlyList<string> Last)> RunAsync(
        IReadOnlyList<string> arguments, TimeSpan timeout, Func<string, string> hide, Action<string> line, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            throw new RestoreException("JavaNotRunnable", FaultCategory.InvalidOperation, $"java ('{path}') cannot be started: {e.Message}", path, "Use -Method Copy, which needs no Java.", e);
        }

        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var last = new ConcurrentQueue<string>();
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput, limit.Token), ReadAsync(process.StandardError, limit.Token)).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return (process.ExitCode, [.. last]);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new RestoreException(
                "SchemaLoaderTimedOut",
                FaultCategory.OperationTimeout,
                $"Schema Loader did not end within {timeout} and was killed.",
                path,
                "See whether this machine reaches the account (its firewall is as the source's was), then run the command again, with a longer -Timeout if need be.");
        }

        async Task ReadAsync(StreamReader reader, CancellationToken token)
        {
            while (await reader.ReadLineAsync(token).ConfigureAwait(false) is { } written)
            {
                var shown = Redactor.Redact(hide(written));
                line(shown);
                last.Enqueue(shown);
                while (last.Count > MostLines)
                    last.TryDequeue(out _);
            }
        }
    }
}
