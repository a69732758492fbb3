using System.Reflection;

namespace ScalarRestore.HelpBuilder;

/// <summary>Reads attributes without making them: PowerShell's standard library has no code behind its constructors.</summary>
internal static class AttributeDataExtensions
{
    /// <summary>The value of a named argument, or the default.</summary>
    public static T? Named<T>(this CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => (T?)a.TypedValue.Value).FirstOrDefault();
}
