namespace ScalarRestore.Engine.Journal;

/// <summary>What a <c>-JournalPath</c> names: a folder of journals, one journal file, or ConfigMaps of a namespace.</summary>
internal sealed record JournalLocation
{
    private JournalLocation()
    {
    }

    /// <summary>The folder of journals; null for ConfigMaps.</summary>
    public string? Folder { get; private init; }

    /// <summary>The one journal file; null for a folder or ConfigMaps.</summary>
    public string? File { get; private init; }

    /// <summary>The namespace of the ConfigMaps; null for files.</summary>
    public string? Namespace { get; private init; }

    /// <summary>What the user gave; null for the default.</summary>
    public string? Argument { get; private init; }

    /// <summary>Reads the parameter.</summary>
    public static JournalLocation Parse(string? argument)
    {
        if (string.IsNullOrWhiteSpace(argument))
        {
            return new JournalLocation { Folder = JournalFolder.Default };
        }

        if (JournalFolder.IsConfigMap(argument))
        {
            var name = argument[JournalFolder.ConfigMapPrefix.Length..].Trim();
            return name.Length > 0
                ? new JournalLocation { Namespace = name, Argument = argument }
                : throw new RestoreException(
                    "JournalPathInvalid",
                    FaultCategory.InvalidArgument,
                    $"The journal path '{argument}' names no namespace.",
                    argument,
                    "Write configmap:NAMESPACE.");
        }

        var path = Path.GetFullPath(argument);
        return path.EndsWith(JournalFolder.Extension, StringComparison.OrdinalIgnoreCase)
            ? new JournalLocation { File = path, Argument = path }
            : new JournalLocation { Folder = path, Argument = path };
    }

    /// <summary>The journal files that exist here, newest run first.</summary>
    public IReadOnlyList<string> Files()
    {
        if (File is not null)
        {
            return System.IO.File.Exists(File)
                ? [File]
                : throw new RestoreException(
                    "JournalNotFound",
                    FaultCategory.ObjectNotFound,
                    $"There is no journal '{File}'.",
                    File,
                    "List what is there with Get-ScalarRestoreRun -JournalPath <folder>.");
        }

        return Folder is not null && Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder, "*" + JournalFolder.Extension).OrderByDescending(Path.GetFileName, StringComparer.Ordinal)]
            : [];
    }
}
