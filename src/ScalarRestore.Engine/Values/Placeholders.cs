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

    /// <summary>The placeholders of a value, in their order. Those of other forms than the two are not among them.</summary>
    public static IReadOnlyList<PlaceholderPart> Parts(string value) => In(value)
        ? [.. Template().Matches(value).Select(match => Part(match, unsetIsEmpty: true))
            .Concat(Substitution().Matches(value).Select(match => Part(match, unsetIsEmpty: false)))
            .OrderBy(part => part.Span.Start)]
        : [];

    /// <summary>Puts the known variables in; what cannot be known stays a placeholder.</summary>
    public static string Resolve(string value, PodVariables variables) => ResolvedValue.Of(value, variables).Text;

    private static PlaceholderPart Part(Match match, bool unsetIsEmpty)
    {
        var fallback = match.Groups["default"];
        return new PlaceholderPart(
            new TextSpan(match.Index, match.Length),
            match.Groups["name"].Value,
            fallback.Success ? new TextSpan(fallback.Index, fallback.Length) : null,
            unsetIsEmpty);
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
