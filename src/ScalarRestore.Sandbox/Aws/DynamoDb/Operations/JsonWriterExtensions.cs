using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Forms that every answer uses.</summary>
internal static class JsonWriterExtensions
{
    /// <summary>Writes an instant in epoch seconds with milliseconds.</summary>
    public static void WriteInstant(this Utf8JsonWriter writer, string name, DateTimeOffset instant) =>
        writer.WriteNumber(name, instant.ToUnixTimeMilliseconds() / 1000m);

    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);

        writer.WriteEndArray();
    }

    /// <summary>Writes a string unless there is none.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
