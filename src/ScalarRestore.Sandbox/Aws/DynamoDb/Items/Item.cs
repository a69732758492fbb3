using System.Text;
using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>An item. Never changed once made; a change makes a new one.</summary>
internal sealed class Item
{
    public const int MaxSize = 400 * 1024;

    private readonly Dictionary<string, AttributeValue> _attributes;

    public Item(Dictionary<string, AttributeValue> attributes)
    {
        _attributes = attributes;
        foreach (var (name, value) in attributes)
            Size += Encoding.UTF8.GetByteCount(name) + value.Size();
    }

    public IReadOnlyDictionary<string, AttributeValue> Attributes => _attributes;

    /// <summary>Bytes, as counted against limits.</summary>
    public int Size { get; }

    public AttributeValue? this[string name] => _attributes.GetValueOrDefault(name);

    /// <summary>Writes the item with its attributes in order, at every depth: the form that hashes are taken of.</summary>
    public void WriteCanonical(Utf8JsonWriter writer) => WriteCanonical(writer, _attributes);

    private static void WriteCanonical(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> map)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            WriteCanonical(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteCanonical(Utf8JsonWriter writer, AttributeValue value)
    {
        if (value.Type is not (AttributeType.M or AttributeType.L))
        {
            value.Write(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName(value.Type.ToString());
        if (value.Type is AttributeType.M)
        {
            WriteCanonical(writer, value.Map);
        }
        else
        {
            writer.WriteStartArray();
            foreach (var element in value.List)
                WriteCanonical(writer, element);

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
