using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Finds a chart in exactly the deployed version: in a repository, a registry or a folder.</summary>
internal static class ChartLocator
{
    /// <summary>The repository alias that Scalar's documentation uses.</summary>
    public const string DefaultSource = "scalar-labs";

    /// <summary>What to name to helm.</summary>
    /// <param name="source">A repository alias, an <c>oci://</c> URL, a folder, or an archive; null for Scalar's own repository.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="version">The deployed version.</param>
    /// <exception cref="RestoreException"><c>ChartNotFound</c>, <c>ChartVersionMismatch</c>.</exception>
    public static string Locate(string? source, string chart, string version)
    {
        source ??= DefaultSource;
        if (source.StartsWith("oci://", StringComparison.Ordinal))
            return $"{source.TrimEnd('/')}/{chart}";

        if (File.Exists(source))
            return Archive(Path.GetFullPath(source), chart, version);

        if (Directory.Exists(source))
            return Folder(Path.GetFullPath(source), chart, version);

        if (!source.AsSpan().ContainsAny('/', '\\') && !source.StartsWith('.'))
            return $"{source}/{chart}";

        throw Missing(source, $"There is no folder and no archive '{source}' to take chart {chart} from.", chart, version);
    }

    /// <summary>Looks again, right before use, at what <see cref="Locate"/> found: files may have been replaced since.</summary>
    /// <exception cref="RestoreException"><c>ChartNotFound</c>, <c>ChartVersionMismatch</c>.</exception>
    public static void Verify(string reference, string chart, string version)
    {
        // A repository's or a registry's chart is asked for by its version.
        if (!Path.IsPathRooted(reference))
            return;

        if (File.Exists(reference))
        {
            _ = Archive(reference, chart, version);
            return;
        }

        if (Read(Path.Combine(reference, "Chart.yaml")) is not { } head || head["name"]?.Text != chart)
            throw Missing(reference, $"There is no chart {chart} in '{reference}' any more.", chart, version);

        if (head["version"]?.Text != version)
            throw OtherVersion(reference, head, chart, version);

        _ = WithDependencies(reference, head);
    }

    private static string Archive(string file, string chart, string version) =>
        string.Equals(Path.GetFileName(file), $"{chart}-{version}.tgz", StringComparison.Ordinal)
            ? file
            : throw Mismatch(file, $"The archive '{file}' is not chart {chart} in the deployed version {version} (its name would be '{chart}-{version}.tgz').", chart, version);

    private static string Folder(string folder, string chart, string version)
    {
        var archive = Path.Combine(folder, $"{chart}-{version}.tgz");
        var inner = Path.Combine(folder, chart);
        foreach (var candidate in new[] { inner, folder })
        {
            if (Read(Path.Combine(candidate, "Chart.yaml")) is not { } head || head["name"]?.Text != chart)
                continue;

            if (head["version"]?.Text == version)
                return WithDependencies(candidate, head);

            if (!File.Exists(archive))
                throw OtherVersion(candidate, head, chart, version);
        }

        return File.Exists(archive)
            ? archive
            : throw Missing(folder, $"The folder '{folder}' holds neither '{chart}/Chart.yaml' nor '{chart}-{version}.tgz'.", chart, version);
    }

    private static string WithDependencies(string folder, YamlItem head)
    {
        foreach (var name in head["dependencies"]?.List?.Select(dependency => dependency["name"]?.Text).OfType<string>() ?? [])
        {
            var charts = Path.Combine(folder, "charts");
            if (!Directory.Exists(charts) || !Directory.EnumerateFileSystemEntries(charts, name + "*").Any())
            {
                throw new RestoreException(
                    "ChartNotFound",
                    FaultCategory.ObjectNotFound,
                    $"The chart in '{folder}' lacks its sub-chart '{name}' in '{charts}'.",
                    folder,
                    $"Run 'helm dependency build {folder}'.");
            }
        }

        return folder;
    }

    private static YamlItem? Read(string file)
    {
        if (!File.Exists(file))
            return null;

        try
        {
            return YamlReader.Read(File.ReadAllText(file), YamlBudget.Config);
        }
        catch (YamlFault e)
        {
            throw new RestoreException(
                "ChartNotFound", FaultCategory.ParserError, $"'{file}' cannot be read: {e.Message} (line {e.Line}, column {e.Column}).", file, "Correct the file, or name another source with -ChartSource.", e);
        }
    }

    private static RestoreException Missing(string source, string message, string chart, string version) =>
        new("ChartNotFound", FaultCategory.ObjectNotFound, message, source, Mend(chart, version));

    private static RestoreException OtherVersion(string folder, YamlItem head, string chart, string version) => Mismatch(
        folder,
        $"The chart in '{folder}' has version {head["version"]?.Text}, but version {version} of {chart} is deployed, and a restore must not upgrade it.",
        chart,
        version);

    private static RestoreException Mismatch(string source, string message, string chart, string version) =>
        new("ChartVersionMismatch", FaultCategory.InvalidArgument, message, source, Mend(chart, version));

    private static string Mend(string chart, string version) =>
        $"Get it with 'helm pull {DefaultSource}/{chart} --version {version}' into the folder of -ChartSource, or use -Engine Record, which needs no chart.";
}
