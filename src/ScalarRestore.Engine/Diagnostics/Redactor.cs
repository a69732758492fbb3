using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Diagnostics;

/// <summary>Takes secrets out of texts before they are journaled, logged or shown. It errs on the side of hiding.</summary>
internal static partial class Redactor
{
    private const string Mask = "***";

    /// <summary>The object with every string redacted; itself where there is nothing to hide, else a copy.</summary>
    public static JsonObject Redact(JsonObject value) => Hides(value) ? (JsonObject)Redact((JsonNode)value)! : value;

    /// <summary>The text with whatever looks like a secret masked.</summary>
    public static string Redact(string text)
    {
        text = Assignment().Replace(text, match => match.Groups["lead"].Value + Mask);
        text = UserInfo().Replace(text, "${scheme}" + Mask + "@");
        text = Bearer().Replace(text, "${lead}" + Mask);
        text = Token().Replace(text, Mask);
        return text;
    }

    private static bool Hides(JsonNode? node) => node switch
    {
        JsonObject map => map.Any(item => Hides(item.Value)),
        JsonArray list => list.Any(Hides),
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => !string.Equals(text, Redact(text), StringComparison.Ordinal),
        _ => false,
    };

    private static JsonNode? Redact(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var copy = new JsonObject();
                foreach (var (key, value) in map)
                {
                    copy[key] = Redact(value);
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(Redact)]);
            case JsonValue scalar when scalar.TryGetValue<string>(out var text):
                var redacted = Redact(text);
                return string.Equals(text, redacted, StringComparison.Ordinal) ? scalar.DeepClone() : JsonValue.Create(redacted);
            default:
                return node?.DeepClone();
        }
    }

    // password=..., "AccountKey": "...", X-Amz-Signature=..., sig=..., t=... of operation URLs
    [GeneratedRegex(
        """(?<lead>(?:pass(?:word|wd)?|pwd|secret(?:[_-]?(?:access)?[_-]?key)?|account[_-]?key|api[_-]?key|access[_-]?key|private[_-]?key|(?:access|session|security|id|refresh)[_-]?token|client[_-]?secret|signature|sig)["']?\s*[=:]\s*["']?)(?!["'\s&;,{}])[^\s"'&;,}]+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<scheme>[a-z][a-z0-9+.-]*://)[^/\s@:]+:[^/\s@]+@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?<lead>\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bearer();

    // JSON web tokens, and AWS access key ids
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|\b(AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
