using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Finds the databases behind workloads, their tables and how far back each can go.</summary>
[Cmdlet(VerbsCommon.Get, "ScalarDatabase", DefaultParameterSetName = ByTable)]
[OutputType(typeof(ScalarDatabase))]
public sealed class GetScalarDatabaseCommand : DatabaseCmdlet
{
    private const string ByWorkload = "InputObject";
    private const string ByRun = "Run";
    private const string ByTable = "TableName";
    private const string BySchema = "SchemaFile";
    private const string ByIdentifier = "DatabaseIdentifier";

    private readonly List<ScalarWorkload> _workloads = [];
    private bool _asked;

    /// <summary>The workloads, as Get-ScalarWorkload gives them.</summary>
    [Parameter(ParameterSetName = ByWorkload, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public ScalarWorkload[] InputObject { get; set; } = [];

    /// <summary>A run, whose workloads are taken.</summary>
    [Parameter(ParameterSetName = ByRun, Mandatory = true, ValueFromPipeline = true)]
    public RestoreRun? Run { get; set; }

    /// <summary>Exact table names.</summary>
    [Parameter(ParameterSetName = ByTable, Mandatory = true)]
    [Parameter(ParameterSetName = ByWorkload)]
    [Parameter(ParameterSetName = ByRun)]
    [ValidateNotNullOrEmpty]
    public string[]? TableName { get; set; }

    /// <summary>Schema Loader files.</summary>
    [Parameter(ParameterSetName = BySchema, Mandatory = true)]
    [Parameter(ParameterSetName = ByWorkload)]
    [Parameter(ParameterSetName = ByRun)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SchemaFile { get; set; }

    /// <summary>RDS instances and Aurora clusters, by identifier or ARN; accounts and servers of Azure, by resource id.</summary>
    [Parameter(ParameterSetName = ByIdentifier, Mandatory = true)]
    [Parameter(ParameterSetName = ByWorkload)]
    [Parameter(ParameterSetName = ByRun)]
    [ValidateNotNullOrEmpty]
    public string[]? DatabaseIdentifier { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        _asked = true;
        _workloads.AddRange(Run is null ? InputObject : Run.Workloads.Select(w => w.Before));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!_asked)
            return;
        var query = new DatabaseQuery
        {
            Workloads = _workloads,
            Selection = Select(TableName, SchemaFile, DatabaseIdentifier),
        };
        WriteObject(Call((engine, host, token) => engine.GetDatabasesAsync(query, host, token)), enumerateCollection: true);
    }
}
