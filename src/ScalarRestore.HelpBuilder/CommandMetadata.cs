using System.Management.Automation;
using System.Reflection;

namespace ScalarRestore.HelpBuilder;

/// <summary>What a cmdlet's attributes say.</summary>
internal sealed record CommandMetadata(string Verb, string Noun, string DefaultSet, bool SupportsShouldProcess, IReadOnlyList<ParameterMetadata> Parameters)
{
    /// <summary>The cmdlet's name.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named = [.. Parameters.SelectMany(p => p.Places.Keys).Where(s => s != ParameterMetadata.AllSets).Distinct()];
            return named.Length == 0 ? [ParameterMetadata.AllSets] : [.. named.OrderBy(s => s == DefaultSet ? 0 : 1)];
        }
    }

    /// <summary>Reads every cmdlet of an assembly, in the order of their names.</summary>
    public static IEnumerable<CommandMetadata> ReadAll(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        from attribute in type.GetCustomAttributesData()
        where attribute.AttributeType == typeof(CmdletAttribute)
        let command = Read(type, attribute)
        orderby command.Name
        select command;

    private static CommandMetadata Read(Type type, CustomAttributeData attribute) => new(
        (string)attribute.ConstructorArguments[0].Value!,
        (string)attribute.ConstructorArguments[1].Value!,
        attribute.Named<string>(nameof(CmdletAttribute.DefaultParameterSetName)) ?? ParameterMetadata.AllSets,
        attribute.Named<bool>(nameof(CmdletAttribute.SupportsShouldProcess)),
        [.. ParameterMetadata.ReadAll(type)]);
}
