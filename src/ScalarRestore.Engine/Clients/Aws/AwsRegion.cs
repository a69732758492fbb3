using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Names of AWS regions.</summary>
internal static partial class AwsRegion
{
    /// <summary>Whether a text has the form of a region's name; new regions need no new release of ours.</summary>
    public static bool IsWellFormed(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"\A[a-z]{2,4}(-[a-z]+){1,3}-[0-9]{1,2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
