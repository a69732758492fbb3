using System.Management.Automation;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Finds runs again from their journals.</summary>
[Cmdlet(VerbsCommon.Get, "ScalarRestoreRun")]
[OutputType(typeof(RestoreRun))]
public sealed class GetScalarRestoreRunCommand : ClusterCmdlet
{
    /// <summary>Run ids, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] RunId { get; set; } = [];

    /// <summary>A journal file, a folder of journals, or <c>configmap:NAMESPACE</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var query = new RunQuery { RunIds = RunId, JournalPath = PathResolver.Journal(this, JournalPath), Connection = Connection };
        WriteObject(Call((engine, host, token) => engine.GetRunsAsync(query, host, token)), enumerateCollection: true);
    }
}
