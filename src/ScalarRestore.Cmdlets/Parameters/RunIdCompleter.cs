using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>Completes <c>-RunId</c> with the names of the journal files, newest first. Reads no file.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string folder = fakeBoundParameters["JournalPath"] as string ?? JournalFolder.Default;
        IEnumerable<string> ids = Completion.Files(folder, "*" + JournalFolder.Extension).Select(Path.GetFileNameWithoutExtension).OfType<string>();
        return Completion.Matching(ids.OrderByDescending(id => id, StringComparer.Ordinal), wordToComplete);
    }
}
