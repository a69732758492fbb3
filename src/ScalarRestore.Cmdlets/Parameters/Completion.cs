using System.Management.Automation;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>What completers share. They read local data only and never fail: no file simply means no proposal.</summary>
internal static class Completion
{
    private const int MostLines = 20_000;

    /// <summary>The proposals that go on from what is typed, whatever its case and quotes.</summary>
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> values, string wordToComplete)
    {
        string typed = wordToComplete.Trim('\'', '"');
        foreach (string value in values.Distinct(StringComparer.Ordinal))
        {
            if (value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                yield return new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value);
        }
    }

    /// <summary>The lines of a file, or none.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Take(MostLines)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [];
        }
    }

    /// <summary>The files of a folder, or none.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [];
        }
    }

    private static string Quoted(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':') ? value : $"'{value.Replace("'", "''")}'";
}
