using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Databases;

/// <summary>Names of what a run makes beside a database. They derive from the run and the source, so that another process finds them again.</summary>
internal static partial class RunNames
{
    private const int HashLength = 6;

    /// <summary>The source's name with something and the run's id behind it, in small letters. An earlier run's id is taken off first.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="middle">What comes between, with its hyphens.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="longest">The longest that the service takes.</param>
    public static string Derive(string source, string middle, string runId, int longest)
    {
        var (name, suffix) = (RunSuffix().Replace(source.ToLowerInvariant(), ""), middle + runId.Replace('.', '-').ToLowerInvariant());
        if (name.Length + suffix.Length <= longest)
            return name + suffix;

        // What is cut off lives on in a hash, so that two long names do not become one.
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength].ToLowerInvariant();
        return $"{name[..(longest - suffix.Length - HashLength - 1)].TrimEnd('-')}-{hash}{suffix}";
    }

    [GeneratedRegex(@"(-[0-9a-f]{6})?-\d{8}-\d{6}-[0-9a-f]{4}(-\d+)?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunSuffix();
}
