using System.Management.Automation;
using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Computes the one second that every database goes back to, from the windows in which the products were paused.</summary>
[Cmdlet(VerbsCommon.Get, "ScalarRestorePoint", DefaultParameterSetName = ByText)]
[OutputType(typeof(RestorePoint))]
public sealed class GetScalarRestorePointCommand : EngineCmdlet
{
    private const string ByWindow = "Window";
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private const string ByText = "InputObject";

    private readonly List<string> _lines = [];
    private readonly List<PauseText> _texts = [];

    /// <summary>When every pod had paused.</summary>
    [Parameter(ParameterSetName = ByWindow, Mandatory = true)]
    [OffsetTimeTransformation]
    public DateTimeOffset PauseStart { get; set; }

    /// <summary>When the first pod went on.</summary>
    [Parameter(ParameterSetName = ByWindow, Mandatory = true)]
    [OffsetTimeTransformation]
    public DateTimeOffset PauseEnd { get; set; }

    /// <summary>Files with the output of a pause, with wildcards.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files with the output of a pause, taken as written.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The output itself, by the line or whole.</summary>
    [Parameter(ParameterSetName = ByText, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case ByText:
                _lines.AddRange(InputObject);
                break;
            case ByPath:
                Read(PathResolver.ExistingFiles(this, Path, literal: false));
                break;
            case ByLiteralPath:
                Read(PathResolver.ExistingFiles(this, LiteralPath, literal: true));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_lines.Count > 0)
            _texts.Add(new PauseText(string.Join('\n', _lines), "pipeline"));
        PauseWindow[] windows = ParameterSetName == ByWindow ? [new PauseWindow(PauseStart, PauseEnd, "parameters")] : [];
        if (_texts.Count == 0 && windows.Length == 0)
            return;
        var query = new RestorePointQuery { Windows = windows, Texts = _texts };
        WriteObject(Call((engine, _, _) => Task.FromResult(engine.GetRestorePoint(query))));
    }

    private void Read(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            try
            {
                _texts.Add(new PauseText(File.ReadAllText(file), file));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RestoreException(
                    "FileUnreadable", FaultCategory.PermissionDenied, $"'{file}' cannot be read: {e.Message}", file, "Check the file's permissions.", e);
            }
        }
    }
}
