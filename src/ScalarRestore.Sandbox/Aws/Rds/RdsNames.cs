using System.Text.RegularExpressions;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>Names of things in RDS.</summary>
internal static partial class RdsNames
{
    /// <summary>Checks the identifier of an instance, a cluster or an endpoint, and makes it lower case, as AWS stores it.</summary>
    public static string Checked(string parameter, string name) => name.Length <= 63 && Pattern().IsMatch(name)
        ? name.ToLowerInvariant()
        : throw RdsErrors.Value(
            $"The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.");

    /// <summary>The name in lower case, whether it was given plainly or as an ARN.</summary>
    public static string Plain(string nameOrArn)
    {
        var isArn = nameOrArn.StartsWith("arn:", StringComparison.OrdinalIgnoreCase);
        var parts = isArn ? nameOrArn.Split(':', 7) : [nameOrArn];
        return parts[^1].ToLowerInvariant();
    }

    [GeneratedRegex(@"^[a-zA-Z](-?[a-zA-Z0-9])*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
