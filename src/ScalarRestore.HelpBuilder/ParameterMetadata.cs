using System.Management.Automation;
using System.Reflection;

namespace ScalarRestore.HelpBuilder;

/// <summary>What a parameter's attributes say, by parameter set.</summary>
internal sealed record ParameterMetadata(
    string Name, string TypeName, bool IsSwitch, bool Wildcards, IReadOnlyList<string> Aliases, IReadOnlyDictionary<string, ParameterPlace> Places)
{
    /// <summary>PowerShell's name for the set that stands for all.</summary>
    public const string AllSets = "__AllParameterSets";

    /// <summary>The parameters of a cmdlet, base classes included.</summary>
    public static IEnumerable<ParameterMetadata> ReadAll(Type cmdlet) =>
        from property in cmdlet.GetProperties()
        let attributes = property.GetCustomAttributesData()
        let places = attributes.Where(a => a.AttributeType == typeof(ParameterAttribute)).ToArray()
        where places.Length > 0
        select new ParameterMetadata(
            property.Name,
            NameOf(property.PropertyType),
            property.PropertyType == typeof(SwitchParameter),
            attributes.Any(a => a.AttributeType == typeof(SupportsWildcardsAttribute)),
            [.. attributes.Where(a => a.AttributeType == typeof(AliasAttribute)).SelectMany(AliasesOf)],
            places.ToDictionary(p => p.Named<string>(nameof(ParameterAttribute.ParameterSetName)) ?? AllSets, ParameterPlace.Read));

    /// <summary>The parameter's place in a set; null where it is not part of it.</summary>
    public ParameterPlace? In(string set) => Places.GetValueOrDefault(set) ?? Places.GetValueOrDefault(AllSets);

    private static IEnumerable<string> AliasesOf(CustomAttributeData attribute) =>
        ((IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).Select(a => (string)a.Value!);

    private static string NameOf(Type type)
    {
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        return (Nullable.GetUnderlyingType(type) ?? type).Name;
    }
}
