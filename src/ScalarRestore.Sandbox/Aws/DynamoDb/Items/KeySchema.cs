using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>The key attributes of a table or an index.</summary>
internal sealed record KeySchema(string HashName, AttributeType HashType, string? RangeName, AttributeType RangeType)
{
    /// <summary>The key of an item to be written or found.</summary>
    /// <param name="attributes">The item, or the key alone.</param>
    /// <param name="isKeyOnly">Whether nothing but the key may be there.</param>
    public ItemKey KeyOf(IReadOnlyDictionary<string, AttributeValue> attributes, bool isKeyOnly)
    {
        if (isKeyOnly && attributes.Count != (RangeName is null ? 1 : 2))
            throw AwsException.Validation("The provided key element does not match the schema");

        return new ItemKey(
            Part(attributes, HashName, HashType, isKeyOnly),
            RangeName is null ? [] : Part(attributes, RangeName, RangeType, isKeyOnly));
    }

    /// <summary>Whether an item is in the index of these keys.</summary>
    public bool Covers(Item item) => item[HashName]?.Type == HashType && (RangeName is null || item[RangeName]?.Type == RangeType);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("KeySchema");
        Element(HashName, "HASH");
        if (RangeName is not null)
            Element(RangeName, "RANGE");

        writer.WriteEndArray();

        void Element(string name, string type)
        {
            writer.WriteStartObject();
            writer.WriteString("AttributeName", name);
            writer.WriteString("KeyType", type);
            writer.WriteEndObject();
        }
    }

    private static byte[] Part(IReadOnlyDictionary<string, AttributeValue> attributes, string name, AttributeType type, bool isKeyOnly)
    {
        if (!attributes.TryGetValue(name, out var value))
        {
            throw AwsException.Validation(isKeyOnly
                ? "The provided key element does not match the schema"
                : $"One or more parameter values were invalid: Missing the key {name} in the item");
        }

        if (value.Type != type)
        {
            throw AwsException.Validation(isKeyOnly
                ? "The provided key element does not match the schema"
                : $"One or more parameter values were invalid: Type mismatch for key {name} expected: {type} actual: {value.Type}");
        }

        var bytes = value.ToSortable()!;
        return bytes.Length > 0
            ? bytes
            : throw AwsException.Validation(
                $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(type is AttributeType.B ? "binary" : "string")} value. Key: {name}");
    }
}
