using System.Management.Automation;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Guide, Cosmos DB, step 4: brings back the stored procedures that ScalarDB writes by. The run stays in its phase.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "ScalarSchema", SupportsShouldProcess = true)]
[OutputType(typeof(RestoreRun))]
public sealed class RepairScalarSchemaCommand : AzureCmdlet
{
    /// <summary>A run in phase Restored or ValuesUpdated.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public RestoreRun? Run { get; set; }

    /// <summary>How it is done.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public SchemaRepairMethod Method { get; set; }

    /// <summary>Schema Loader's jar.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SchemaLoaderPath { get; set; }

    /// <summary>Schema Loader's properties.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <summary>The schema files, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] SchemaFile { get; set; } = [];

    /// <summary>Leaves the coordinator's tables out.</summary>
    [Parameter]
    public SwitchParameter SkipCoordinator { get; set; }

    /// <summary>The longest that one call of Schema Loader may take.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var request = new RepairSchemaRequest
        {
            Run = Run!,
            Method = Method,
            LoaderPath = SchemaLoaderPath is null ? null : PathResolver.ExistingFiles(this, [SchemaLoaderPath], literal: true)[0],
            ConfigPath = ConfigPath is null ? null : PathResolver.ExistingFiles(this, [ConfigPath], literal: true)[0],
            SchemaFiles = PathResolver.ExistingFiles(this, SchemaFile, literal: false),
            SkipCoordinator = SkipCoordinator,
            Azure = Azure,
            WhatIf = IsWhatIf,
        };
        if (Timeout is { } timeout)
            request = request with { Timeout = timeout };
        WriteObject(Call((engine, host, token) => engine.RepairSchemaAsync(request, host, token)));
    }
}
