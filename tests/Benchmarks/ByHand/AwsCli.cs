using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ScalarRestore.Benchmarks.ByHand;

/// <summary>The real AWS CLI, version 2, pointed at the sandbox.</summary>
internal sealed class AwsCli
{
    private readonly string _program;
    private readonly string _endpoint;
    private readonly Dictionary<string, string?> _environment;

    private AwsCli(string program, IReadOnlyDictionary<string, string?> environment, string endpoint, string folder)
    {
        _program = program;
        _endpoint = endpoint;
        _environment = new Dictionary<string, string?>(environment, StringComparer.Ordinal)
        {
            ["AWS_PAGER"] = "",
            ["AWS_CONFIG_FILE"] = Path.Combine(folder, "no-aws-config"),
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(folder, "no-aws-credentials"),
        };
    }

    /// <summary>The CLI on PATH or where Linux packages put it; null where there is none of version 2.</summary>
    public static async Task<AwsCli?> FindAsync(
        IReadOnlyDictionary<string, string?> environment, string endpoint, string folder, CancellationToken cancellationToken)
    {
        var name = OperatingSystem.IsWindows() ? "aws.exe" : "aws";
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
            .Where(path => path.Length > 0).Select(path => Path.Combine(path, name)).Where(File.Exists).Distinct(StringComparer.Ordinal);
        foreach (var program in programs)
        {
            var cli = new AwsCli(program, environment, endpoint, folder);
            var (_, text, _, _) = await cli.StartAsync(["--version"], cancellationToken);
            if (text.StartsWith("aws-cli/2.", StringComparison.Ordinal))
            {
                return cli;
            }
        }

        return null;
    }

    /// <summary>Runs one command.</summary>
    /// <returns>Its answer, null where it was refused; the error; and the wall time that the process took.</returns>
    public async Task<(JsonNode? Answer, string Error, TimeSpan Took)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exit, text, error, took) = await StartAsync([.. arguments, "--endpoint-url", _endpoint, "--output", "json"], cancellationToken);
        return (exit == 0 ? JsonNode.Parse(text.Length == 0 ? "{}" : text) : null, error, took);
    }

    private async Task<(int Exit, string Text, string Error, TimeSpan Took)> StartAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (key, value) in _environment)
        {
            start.Environment[key] = value;
        }

        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The AWS CLI could not be started.");
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, text.Trim(), await error, Stopwatch.GetElapsedTime(began));
    }
}
