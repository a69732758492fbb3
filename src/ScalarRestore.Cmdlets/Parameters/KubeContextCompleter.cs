using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>Completes <c>-Context</c> with the names in the kubeconfig.</summary>
public sealed class KubeContextCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(Files(fakeBoundParameters["KubeConfig"] as string).SelectMany(ContextNames), wordToComplete);

    /// <summary>The names of the contexts of a kubeconfig, by a look at its lines: completion must be quick and must load no YAML parser.</summary>
    internal static IEnumerable<string> ContextNames(string path)
    {
        bool inside = false;
        foreach (string line in Completion.Lines(path))
        {
            if (line.Length > 0 && (char.IsAsciiLetter(line[0])))
                inside = line.StartsWith("contexts:", StringComparison.Ordinal);
            if (!inside)
                continue;

            // "name" on the level of the list's items; "namespace" and the like are further in or go on after "name".
            string item = line.TrimStart(' ', '-');
            if (item.StartsWith("name:", StringComparison.Ordinal) && item["name:".Length..].Trim().Trim('"', '\'') is { Length: > 0 } name)
                yield return name;
        }
    }

    private static IEnumerable<string> Files(string? kubeConfig)
    {
        if (!string.IsNullOrEmpty(kubeConfig))
            return [kubeConfig];
        string? variable = Environment.GetEnvironmentVariable("KUBECONFIG");
        return string.IsNullOrEmpty(variable)
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")]
            : variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
    }
}
