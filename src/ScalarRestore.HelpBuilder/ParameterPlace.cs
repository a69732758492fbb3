using System.Management.Automation;
using System.Reflection;

namespace ScalarRestore.HelpBuilder;

/// <summary>What a parameter is within one parameter set.</summary>
internal sealed record ParameterPlace(bool Mandatory, int? Position, bool ByValue, bool ByName)
{
    /// <summary>The position in words.</summary>
    public string PositionText => Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named";

    /// <summary>Whether and how it takes the pipeline, in the words that Get-Help shows.</summary>
    public string PipelineText => (ByValue, ByName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>Reads a <see cref="ParameterAttribute"/>.</summary>
    public static ParameterPlace Read(CustomAttributeData attribute) => new(
        attribute.Named<bool>(nameof(ParameterAttribute.Mandatory)),
        attribute.NamedArguments.Any(a => a.MemberName == nameof(ParameterAttribute.Position)) ? attribute.Named<int>(nameof(ParameterAttribute.Position)) : null,
        attribute.Named<bool>(nameof(ParameterAttribute.ValueFromPipeline)),
        attribute.Named<bool>(nameof(ParameterAttribute.ValueFromPipelineByPropertyName)));
}
