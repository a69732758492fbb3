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
        text = UserInfo().Replace(text, "://" + Mask + "@");
        text = Bearer().Replace(text, "${lead}" + Mask);
        text = Token().Replace(text, Mask);
        text = OperationUrl().Replace(text, "${lead}" + Mask);
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

    // password=..., "AccountKey": "...", X-Amz-Signature=..., sig=...
    [GeneratedRegex(
        """(?<lead>(?:pass(?:word|wd)?|pwd|secret(?:[_-]?(?:access)?[_-]?key)?|account[_-]?key|master[_-]?key|api[_-]?key|access[_-]?key|private[_-]?key|(?:access|session|security|id|refresh)[_-]?token|client[_-]?secret|signature|sig)["']?\s*[=:]\s*["']?)(?!["'\s&;,{}])[^\s"'&;,}]+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"://[^/\s@:]+:[^/\s@]+@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?<lead>\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bearer();

    // JSON web tokens, AWS access key ids, and Cosmos DB account keys (64 bytes in base 64)
    [GeneratedRegex(@"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|\b(AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    // Azure signs the URLs of its operations: whoever has one may read the operation.
    [GeneratedRegex(
        """(?<lead>/(?:operations?Status(?:es)?|operationResults|azureAsyncOperation)/[^\s"'?]*\?)[^\s"']+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OperationUrl();
}
