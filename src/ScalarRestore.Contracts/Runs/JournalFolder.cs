namespace ScalarRestore.Contracts;

/// <summary>Where journals lie unless told otherwise. Cmdlets complete run ids from the file names, the engine reads and writes the files.</summary>
public static class JournalFolder
{
    /// <summary>A journal's file name is the run id with this extension.</summary>
    public const string Extension = ".jsonl";

    /// <summary>In front of a namespace: the journal lies in a ConfigMap there.</summary>
    public const string ConfigMapPrefix = "configmap:";

    /// <summary>The folder in the user's data directory (on Linux <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>).</summary>
    public static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "ScalarRestore",
        "runs");

    /// <summary>Whether a journal path names a ConfigMap store.</summary>
    public static bool IsConfigMap(string journalPath) => journalPath.StartsWith(ConfigMapPrefix, StringComparison.OrdinalIgnoreCase);
}
