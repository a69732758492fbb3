using System.Text.RegularExpressions;
using ScalarRestore.Engine.Diagnostics;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Reads and cleans what Azure says in words.</summary>
internal static partial class ArmText
{
    private const int MaxLength = 600;

    /// <summary>The words on one line, without queries of URLs (those of operations are signed), tokens and keys, and not endless.</summary>
    public static string Clean(string text)
    {
        var plain = Redactor.Redact(UrlQuery().Replace(text, "${lead}***"));
        plain = Blanks().Replace(plain, " ").Trim();
        return plain.Length <= MaxLength ? plain : plain[..MaxLength] + "…";
    }

    /// <summary>The code, if it is a word; null if not.</summary>
    public static string? Code(string? code) => code is not null && Word().IsMatch(code) ? code : null;

    /// <summary>Who may not do what where, of an <c>AuthorizationFailed</c> or <c>LinkedAuthorizationFailed</c>; nulls for what is not said.</summary>
    public static (string? Who, string? Action, string? Scope) Denial(string message)
    {
        var who = ObjectId().Match(message);
        var linked = LinkedAction().Match(message);
        var said = linked.Success ? linked : DeniedAction().Match(message);
        return (who.Success ? who.Groups["id"].Value : null, said.Success ? said.Groups["action"].Value : null, said.Success ? said.Groups["scope"].Value : null);
    }

    /// <summary>The tenant of the token and the one that is needed, of an <c>InvalidAuthenticationTokenTenant</c>.</summary>
    public static (string? Has, string? Needs) Tenants(string message)
    {
        var needs = NeededTenant().Match(message);
        var has = TokensTenant().Match(message);
        return (has.Success ? has.Groups["id"].Value : null, needs.Success ? needs.Groups["id"].Value : null);
    }

    [GeneratedRegex("""(?<lead>https?://[^\s"'?<>]+\?)[^\s"'<>]+""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlQuery();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._-]{0,79}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("""object id ['"](?<id>[0-9a-fA-F-]{36})['"]""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ObjectId();

    [GeneratedRegex(
        """perform action ['"](?<action>[\w./*-]+)['"] over scope ['"](?<scope>[^'"\s]+)['"]""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeniedAction();

    [GeneratedRegex(
        """does not have permission to perform action(\(s\))? ['"](?<action>[\w./*-]+)['"] on the linked scope(\(s\))? ['"](?<scope>[^'"\s]+)['"]""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkedAction();

    [GeneratedRegex(
        """wrong issuer ['"]https://[^'"\s]*?/(?<id>[0-9a-fA-F-]{36})""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokensTenant();

    [GeneratedRegex(
        """must match (the tenant|one of the tenants) ['"]https://[^'"\s]*?/(?<id>[0-9a-fA-F-]{36})""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NeededTenant();
}
