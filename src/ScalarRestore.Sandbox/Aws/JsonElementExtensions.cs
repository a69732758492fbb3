using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>Reads members of a request. A wrong type is answered as AWS does, a missing one is null.</summary>
internal static class JsonElementExtensions
{
    public static string? Text(this JsonElement json, string name) => json.Member(name, JsonValueKind.String)?.GetString();

    public static string Required(this JsonElement json, string name) => json.Text(name)
        ?? throw AwsException.Validation(
            $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    public static long? Number(this JsonElement json, string name) => json.Member(name, JsonValueKind.Number) is { } value
        ? value.TryGetInt64(out var number) ? number : (long)value.GetDouble()
        : null;

    public static bool? Flag(this JsonElement json, string name) => json.Any(name) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Malformed(name)
        : null;

    /// <summary>An instant in epoch seconds.</summary>
    public static DateTimeOffset? Instant(this JsonElement json, string name) => json.Member(name, JsonValueKind.Number) is { } value
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(value.GetDouble() * 1000))
        : null;

    public static JsonElement? Object(this JsonElement json, string name) => json.Member(name, JsonValueKind.Object);

    /// <summary>The elements; none where there is no such member.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement json, string name) =>
        json.Member(name, JsonValueKind.Array) is { } array ? array.EnumerateArray() : [];

    public static bool Has(this JsonElement json, string name) => json.Any(name) is not null;

    private static JsonElement? Any(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static JsonElement? Member(this JsonElement json, string name, JsonValueKind kind) => json.Any(name) is { } value
        ? value.ValueKind == kind ? value : throw Malformed(name)
        : null;

    private static AwsException Malformed(string name) => new("SerializationException", $"The member {name} is of a wrong type.");
}
