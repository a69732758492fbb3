using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>Maps of attribute values on the wire.</summary>
internal static class ItemJson
{
    public static Dictionary<string, AttributeValue> Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            throw new AwsException("SerializationException", "A map of attribute values was expected.");

        var map = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            map[member.Name] = AttributeValue.Parse(member.Value);

        return map;
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> map)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WritePropertyName(name);
            value.Write(writer);
        }

        writer.WriteEndObject();
    }
}
