using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Journal;

/// <summary>
/// A record as one line of JSON. The line ends with its own hash, which covers the hash of the line before, so that a changed, removed or
/// reordered line is noticed. Pure.
/// </summary>
internal static class JournalLine
{
    /// <summary>What the first line takes as the hash of the line before.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string HashLead = ",\"hash\":\"";
    private const int HashLength = 64;

    /// <summary>Writes a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="previous">The hash of the line before, or <see cref="Genesis"/>.</param>
    /// <param name="hash">The hash of this line.</param>
    public static string Write(JournalRecord record, string previous, out string hash)
    {
        var body = new JsonObject
        {
            ["n"] = record.Sequence,
            ["at"] = record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["kind"] = record.Kind,
        };
        if (record.Step is not null)
        {
            body["step"] = record.Step;
        }

        body["data"] = record.Data.DeepClone();
        var text = body.ToJsonString(PlanJson.Options)[..^1];
        hash = Hash(previous, text);
        return $"{text}{HashLead}{hash}\"}}";
    }

    /// <summary>Reads a line and checks it against the one before.</summary>
    /// <param name="line">The line without its line end.</param>
    /// <param name="previous">The hash of the line before, or <see cref="Genesis"/>.</param>
    /// <param name="expected">The position that the line must have.</param>
    /// <param name="hash">The hash of this line.</param>
    /// <returns>The record, or null if the line is not what was written there.</returns>
    public static JournalRecord? TryRead(string line, string previous, int expected, out string hash)
    {
        hash = "";
        var tail = HashLead.Length + HashLength + 2;
        if (line.Length <= tail
            || !line.AsSpan(line.Length - tail).StartsWith(HashLead, StringComparison.Ordinal)
            || !line.EndsWith("\"}", StringComparison.Ordinal))
        {
            return null;
        }

        var text = line[..^tail];
        hash = line.Substring(line.Length - HashLength - 2, HashLength);
        if (!string.Equals(Hash(previous, text), hash, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var body = JsonNode.Parse(text + "}")!.AsObject();
            var sequence = body["n"]!.GetValue<int>();
            var at = DateTimeOffset.Parse(body["at"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return sequence == expected
                ? new JournalRecord(sequence, at, body["kind"]!.GetValue<string>(), body["step"]?.GetValue<string>(), body["data"]!.DeepClone().AsObject())
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            // The hash fits and yet it is no record: it was written by something else.
            return null;
        }
    }

    private static string Hash(string previous, string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(previous + text))).ToLowerInvariant();
}
