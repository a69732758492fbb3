using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Values;

/// <summary>
/// The two ways in which properties refer to environment variables: Go templates that the image's entry point renders
/// (<c>{{ default .Env.X "d" }}</c>), and Apache Commons Text (<c>${env:X:-d}</c>) that ScalarDB resolves from 3.8 on.
/// </summary>
internal static partial class Placeholders
{
    /// <summary>Whether a value holds a placeholder.</summary>
    public static bool In(string value) =>
        value.Contains("{{", StringComparison.Ordinal) || value.Contains("${", StringComparison.Ordinal);

    /// <summary>Puts the known variables in; what cannot be known stays a placeholder.</summary>
    public static string Resolve(string value, PodVariables variables)
    {
        if (!In(value))
            return value;

        value = Template().Replace(value, match => Value(match, variables, unsetIsEmpty: true));
        return Substitution().Replace(value, match => Value(match, variables, unsetIsEmpty: false));
    }

    private static string Value(Match match, PodVariables variables, bool unsetIsEmpty)
    {
        if (variables.Known.TryGetValue(match.Groups["name"].Value, out var value))
            return value;

        if (!variables.Complete)
            return match.Value;

        var fallback = match.Groups["default"];
        if (fallback.Success)
            return fallback.Value;

        return unsetIsEmpty ? "" : match.Value;
    }

    [GeneratedRegex(
        """\{\{-?\s*(?:default\s+)?\(?\s*\.Env\.(?<name>\w+)\s*\)?(?:\s+(?:"(?<default>[^"]*)"|`(?<default>[^`]*)`))?\s*-?\}\}""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Template();

    [GeneratedRegex(
        @"\$\{env:(?<name>\w+)(?::-(?<default>[^}]*))?\}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Substitution();
}
