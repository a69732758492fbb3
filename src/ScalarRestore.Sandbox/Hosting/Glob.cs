using System.IO.Enumeration;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Patterns with <c>*</c> and <c>?</c>; everything else stands for itself, case ignored.</summary>
internal static class Glob
{
    /// <summary>Whether the name fits. No pattern, or <c>*</c>, fits everything, even a missing name.</summary>
    public static bool Matches(string? pattern, string? name) =>
        pattern is null or "" or "*" || (name is not null && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true));
}
