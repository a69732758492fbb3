using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Diagnostics;

/// <summary>
/// Hides known texts in what others say about them, in the forms in which they may be quoted. Where a text is made of lines such as
/// <c>key=value</c>, its values are hidden too.
/// </summary>
internal sealed partial class SecretMask
{
    private const string Mark = "***";

    /// <summary>A shorter word is hidden only where its key says that it is a secret: else nothing could be read any more.</summary>
    private const int MinLength = 6;

    private readonly IReadOnlyList<string> _hidden;

    private SecretMask(IReadOnlyList<string> hidden) => _hidden = hidden;

    /// <summary>Hides nothing.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>Hides the texts at these keys.</summary>
    public static SecretMask Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, text) in texts)
        {
            Add(hidden, key, text);
            foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
            {
                Add(hidden, "", line);
                if (line.IndexOfAny(['=', ':', ' ', '\t']) is > 0 and var at)
                {
                    var value = line[at..].TrimStart(' ', '\t', '=', ':');
                    Add(hidden, line[..at], value);
                    Add(hidden, line[..at], value.Replace("\\", "", StringComparison.Ordinal));
                }
            }
        }

        // The longest first, so that no part of it is hidden before.
        return new SecretMask([.. hidden.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal)]);
    }

    /// <summary>The text with all of them hidden.</summary>
    public string Hide(string text) => _hidden.Aggregate(text, (shown, word) => shown.Replace(word, Mark, StringComparison.Ordinal));

    /// <summary>The fault with all of them hidden; itself where it holds none.</summary>
    public RestoreException Hide(RestoreException fault)
    {
        var (message, target, mend) = (Hide(fault.Message), Hide(fault.Target ?? ""), Hide(fault.Mend ?? ""));
        var faults = fault.Faults.Select(Hide).ToList();
        if (message == fault.Message && target == (fault.Target ?? "") && mend == (fault.Mend ?? "") && faults.SequenceEqual(fault.Faults))
            return fault;

        // The cause goes: it may say the same.
        return new RestoreException(fault.Id, fault.Category, message, fault.Target is null ? null : target, fault.Mend is null ? null : mend)
        {
            ServiceCode = fault.ServiceCode,
            Retryable = fault.Retryable,
            Faults = faults,
        };
    }

    private static void Add(HashSet<string> hidden, string key, string text)
    {
        if (text.Length == 0 || (text.Length < MinLength && !SecretName().IsMatch(key)))
            return;

        hidden.Add(text);
        hidden.Add(JsonSerializer.Serialize(text)[1..^1]);
        hidden.Add(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
        hidden.Add(text.Replace("'", "''", StringComparison.Ordinal));
        hidden.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }

    [GeneratedRegex("pass|pwd|secret|token|credential|key$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretName();
}
