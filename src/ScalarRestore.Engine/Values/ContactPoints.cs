using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Values;

/// <summary>Contact points as they may be shown.</summary>
internal static partial class ContactPoints
{
    /// <summary>The value without names and passwords, which a JDBC URL may carry.</summary>
    public static string WithoutCredentials(string value)
    {
        value = OracleLogin().Replace(value, "${lead}@");
        value = UserInfo().Replace(value, "//");
        return Parameter().Replace(value, "${lead}***");
    }

    [GeneratedRegex(
        @"(?<lead>[?&;](user|username|password|pwd|uid|accessToken|keyStorePassword|trustStorePassword)=)[^&;]*",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("//[^/?\\s]+@", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(
        "(?<lead>jdbc:oracle:[a-z0-9]+:)[^@/\\s]+/[^@\\s]*@",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OracleLogin();
}
