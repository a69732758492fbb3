using System.Buffers;
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
        // Straight from the record to bytes: the record of a plan with hundreds of tables is megabytes long.
        var body = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = PlanJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("n", record.Sequence);
            writer.WriteString("at", record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("kind", record.Kind);
            if (record.Step is not null)
            {
                writer.WriteString("step", record.Step);
            }

            writer.WritePropertyName("data");
            record.Data.WriteTo(writer, PlanJson.Options);
            writer.WriteEndObject();
        }

        var text = body.WrittenSpan[..^1];
        hash = Hash(previous, text);
        return string.Concat(Encoding.UTF8.GetString(text), HashLead, hash, "\"}");
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
        if (!string.Equals(Hash(previous, Encoding.UTF8.GetBytes(text)), hash, StringComparison.Ordinal))
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

    private static string Hash(string previous, ReadOnlySpan<byte> text)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes(previous));
        sha.AppendData(text);
        return Convert.ToHexString(sha.GetHashAndReset()).ToLowerInvariant();
    }
}
