using System.Management.Automation;
using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Guide step 3: points the Helm values at what was restored. The noun is a plural because "values" is Helm's own word.</summary>
[Cmdlet(VerbsData.Update, "ScalarValues", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(RestoreRun))]
public sealed class UpdateScalarValuesCommand : EngineCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>A run in phase Restored.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public RestoreRun? Run { get; set; }

    /// <summary>The user's values files, with wildcards.</summary>
    [Parameter(ParameterSetName = ByPath, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The user's values files, taken as written.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        bool literal = ParameterSetName == ByLiteralPath;
        var request = new UpdateValuesRequest
        {
            Run = Run!,
            Paths = PathResolver.ExistingFiles(this, literal ? LiteralPath : Path, literal),
            WhatIf = IsWhatIf,
        };
        WriteObject(Call((engine, host, token) => engine.UpdateValuesAsync(request, host, token)));
    }
}
