using System.Collections.ObjectModel;
using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>Turns PowerShell paths into paths of the file system: the session's location is not the process's.</summary>
internal static class PathResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>The existing files that paths with wildcards, or literal ones, stand for.</summary>
    public static IReadOnlyList<string> ExistingFiles(PSCmdlet cmdlet, IEnumerable<string> paths, bool literal) =>
        [.. paths.SelectMany(path => literal ? [LiteralFile(cmdlet, path)] : MatchingFiles(cmdlet, path)).Distinct(StringComparer.Ordinal)];

    /// <summary>A path that need not exist.</summary>
    public static string Location(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem ? full : throw NotFileSystem(path);
    }

    /// <summary>A journal path, which may name a ConfigMap store instead of a folder or a file.</summary>
    public static string? Journal(PSCmdlet cmdlet, string? path) =>
        path is null || JournalFolder.IsConfigMap(path) ? path : Location(cmdlet, path);

    /// <summary>A chart source: a folder where it is written as one, else a repository alias.</summary>
    public static string? ChartSource(PSCmdlet cmdlet, string? source) =>
        source is not null && (source.IndexOfAny(['/', '\\']) >= 0 || source.StartsWith('.') || source.StartsWith('~')) && !source.Contains("://")
            ? Location(cmdlet, source)
            : source;

    private static string LiteralFile(PSCmdlet cmdlet, string path)
    {
        string full = Location(cmdlet, path);
        return File.Exists(full) ? full : throw NotFound(path);
    }

    private static IEnumerable<string> MatchingFiles(PSCmdlet cmdlet, string path)
    {
        Collection<string> found;
        ProviderInfo provider;
        try
        {
            found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw NotFound(path);
        }

        if (provider.Name != FileSystem)
            throw NotFileSystem(path);
        string[] files = [.. found.Where(File.Exists)];
        return files.Length > 0 ? files : throw NotFound(path);
    }

    private static RestoreException NotFound(string path) => new(
        "PathNotFound",
        FaultCategory.ObjectNotFound,
        $"There is no file '{path}'.",
        path,
        "Check the spelling; a path with [ or ] needs -LiteralPath where the command has it.");

    private static RestoreException NotFileSystem(string path) => new(
        "PathNotFileSystem",
        FaultCategory.InvalidArgument,
        $"'{path}' is not a path of the file system.",
        path,
        "Give a path to a file.");
}
