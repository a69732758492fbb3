using System.Management.Automation;
using System.Security;
using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Cmdlets.Views;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>
/// Guide step 3: points the Helm values at what was restored. The noun is a plural because "values" is Helm's own word. What comes down the
/// pipeline is collected first: helm takes several files together, and the later one wins.
/// </summary>
[Cmdlet(VerbsData.Update, "ScalarValues", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(RestoreRun), typeof(ValuesChange))]
public sealed class UpdateScalarValuesCommand : AzureClusterCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    private readonly List<RestoreRun> _runs = [];
    private readonly List<string> _files = [];

    /// <summary>The run; without it, files are edited by themselves.</summary>
    [Parameter(ParameterSetName = ByPath, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNull]
    public RestoreRun? Run { get; set; }

    /// <summary>The user's values files in helm's order, with wildcards.</summary>
    [Parameter(ParameterSetName = ByPath, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Such files, taken as written.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Takes the values from the releases' own records.</summary>
    [Parameter(ParameterSetName = ByPath)]
    public SwitchParameter FromRelease { get; set; }

    /// <summary>The endpoints until now.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] OldEndpoint { get; set; } = [];

    /// <summary>The endpoints of the restored databases, in the same order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] NewEndpoint { get; set; } = [];

    /// <summary>The releases that the values belong to.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Changes Secrets that feed an endpoint or an account key.</summary>
    [Parameter]
    public SwitchParameter UpdateSecret { get; set; }

    /// <summary>The restored Cosmos DB account's key.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccountKey { get; set; }

    /// <summary>The namespace of the Secrets, where there is no run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Shows what was changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Run is not null && !_runs.Contains(Run))
            _runs.Add(Run);

        bool literal = ParameterSetName == ByLiteralPath;
        foreach (string file in PathResolver.ExistingFiles(this, literal ? LiteralPath : Path, literal))
        {
            if (!_files.Contains(file))
                _files.Add(file);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        // An empty pipeline is nothing to do; a command without input is a question that the engine answers.
        if (_runs.Count == 0 && _files.Count == 0 && MyInvocation.ExpectingInput)
            return;

        UpdateValuesRequest request = Request();
        if (_runs.Count == 0)
            Update(request);
        foreach (RestoreRun run in _runs)
            Update(request with { Run = run });
    }

    private void Update(UpdateValuesRequest request)
    {
        ValuesUpdate update = Call((engine, host, token) => engine.UpdateValuesAsync(request, host, token));
        bool shows = PassThru || request.WhatIf;
        if (update.Run is null)
        {
            if (shows)
                WriteObject(update.Changes, enumerateCollection: true);
            return;
        }

        // The run goes down the pipeline; the differences are for whoever watches.
        foreach (ValuesChange change in shows ? update.Changes : [])
            HostLines.Write(this, ValuesChangeView.Lines(change, HostLines.Width(this)));
        WriteObject(update.Run);
    }

    private UpdateValuesRequest Request()
    {
        if (OldEndpoint.Length != NewEndpoint.Length)
        {
            throw new RestoreException(
                "EndpointPairs",
                FaultCategory.InvalidArgument,
                $"{OldEndpoint.Length} old and {NewEndpoint.Length} new endpoints are given; each old one needs its new one.",
                mend: "Give -OldEndpoint and -NewEndpoint in the same order and number. Nothing was changed.");
        }

        return new UpdateValuesRequest
        {
            Paths = _files,
            FromRelease = FromRelease,
            Endpoints = [.. OldEndpoint.Zip(NewEndpoint, (old, @new) => new EndpointChange { Old = old, New = @new })],
            Names = Name,
            UpdateSecret = UpdateSecret,
            AccountKey = AccountKey,
            Azure = Azure,
            Connection = Connection,
            Namespace = Namespace,
            WhatIf = IsWhatIf,
        };
    }
}
