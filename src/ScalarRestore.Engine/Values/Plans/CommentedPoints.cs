using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>Contact points that are commented out. They are never touched; a person who wonders why is told where they are.</summary>
internal static partial class CommentedPoints
{
    private const string Name = "contact_points";

    /// <summary>Where the comments begin in a properties text, and what they would set.</summary>
    public static IReadOnlyList<(TextSpan Mark, string Key)> In(string text)
    {
        var found = new List<(TextSpan, string)>();
        var at = 0;
        while ((at = text.IndexOf(Name, at, StringComparison.Ordinal)) >= 0)
        {
            var start = text.AsSpan(0, at).LastIndexOfAny('\r', '\n') + 1;
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : at + length;
            if (Line().Match(text[start..end]) is { Success: true } match)
                found.Add((new TextSpan(start + match.Groups["mark"].Index, 1), match.Groups["key"].Value));

            at = end;
        }

        return found;
    }

    [GeneratedRegex(
        @"^[ \t\f]*(?<mark>[#!])[#! \t\f]*(?<key>scalar\.db\.(multi_storage\.storages\.[^\s=:]+\.)?contact_points)[ \t\f]*[=:]",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Line();
}
