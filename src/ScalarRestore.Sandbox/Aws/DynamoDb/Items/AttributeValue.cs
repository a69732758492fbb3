using System.Text;
using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>One value of an item. Never changed once made, so that versions, backups and restored tables can share it.</summary>
internal sealed class AttributeValue : IEquatable<AttributeValue>
{
    private readonly object? _value;

    private AttributeValue(AttributeType type, object? value)
    {
        Type = type;
        _value = value;
    }

    public AttributeType Type { get; }

    /// <summary>The text of an S or N.</summary>
    public string Text => (string)_value!;

    public byte[] Bytes => (byte[])_value!;

    public bool Flag => (bool)_value!;

    /// <summary>The members of a set, sorted; of a BS in base64.</summary>
    public IReadOnlyList<string> Members => (string[])_value!;

    public IReadOnlyList<AttributeValue> List => (AttributeValue[])_value!;

    public IReadOnlyDictionary<string, AttributeValue> Map => (IReadOnlyDictionary<string, AttributeValue>)_value!;

    public static AttributeValue String(string text) => new(AttributeType.S, text);

    public static AttributeValue Number(string text) =>
        new(AttributeType.N, DynamoNumber.Normalize(text)
            ?? throw AwsException.Validation($"The parameter cannot be converted to a numeric value: {text}"));

    public static AttributeValue Binary(byte[] bytes) => new(AttributeType.B, bytes);

    public static AttributeValue OfMap(IReadOnlyDictionary<string, AttributeValue> map) => new(AttributeType.M, map);

    public static AttributeValue OfList(IEnumerable<AttributeValue> list) => new(AttributeType.L, list.ToArray());

    public static AttributeValue OfSet(AttributeType type, IEnumerable<string> members) =>
        new(type, members.Order(StringComparer.Ordinal).ToArray());

    public static AttributeValue Parse(JsonElement json)
    {
        AttributeValue? value = null;
        if (json.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                if (value is not null)
                    throw AwsException.Validation(
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");

                value = ParseMember(member);
            }
        }

        return value
            ?? throw AwsException.Validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(Type.ToString());
        switch (Type)
        {
            case AttributeType.S or AttributeType.N:
                writer.WriteStringValue(Text);
                break;
            case AttributeType.B:
                writer.WriteBase64StringValue(Bytes);
                break;
            case AttributeType.BOOL:
                writer.WriteBooleanValue(Flag);
                break;
            case AttributeType.NULL:
                writer.WriteBooleanValue(true);
                break;
            case AttributeType.M:
                ItemJson.Write(writer, Map);
                break;
            case AttributeType.L:
                writer.WriteStartArray();
                foreach (var element in List)
                    element.Write(writer);

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartArray();
                foreach (var member in Members)
                    writer.WriteStringValue(member);

                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>The size that counts against limits, about as AWS counts it.</summary>
    public int Size() => Type switch
    {
        AttributeType.S => Encoding.UTF8.GetByteCount(Text),
        AttributeType.N => (Text.Length / 2) + 1,
        AttributeType.B => Bytes.Length,
        AttributeType.BOOL or AttributeType.NULL => 1,
        AttributeType.M => 3 + Map.Sum(m => Encoding.UTF8.GetByteCount(m.Key) + m.Value.Size() + 1),
        AttributeType.L => 3 + List.Sum(v => v.Size() + 1),
        _ => Members.Sum(m => m.Length),
    };

    /// <summary>Bytes that sort as DynamoDB sorts; null for types that have no order.</summary>
    public byte[]? ToSortable() => Type switch
    {
        AttributeType.S => Encoding.UTF8.GetBytes(Text),
        AttributeType.N => DynamoNumber.ToSortable(Text),
        AttributeType.B => Bytes,
        _ => null,
    };

    public bool Equals(AttributeValue? other) => other is not null && other.Type == Type && Type switch
    {
        AttributeType.S or AttributeType.N => string.Equals(Text, other.Text, StringComparison.Ordinal),
        AttributeType.B => Bytes.AsSpan().SequenceEqual(other.Bytes),
        AttributeType.BOOL => Flag == other.Flag,
        AttributeType.NULL => true,
        AttributeType.M =>
            Map.Count == other.Map.Count && Map.All(m => other.Map.TryGetValue(m.Key, out var value) && m.Value.Equals(value)),
        AttributeType.L => List.SequenceEqual(other.List),
        _ => Members.SequenceEqual(other.Members, StringComparer.Ordinal),
    };

    public override bool Equals(object? obj) => Equals(obj as AttributeValue);

    public override int GetHashCode() => (int)Type;

    private static AttributeValue ParseMember(JsonProperty member)
    {
        if (!Enum.TryParse<AttributeType>(member.Name, out var type) || char.IsAsciiDigit(member.Name[0]))
            throw AwsException.Validation($"Supplied AttributeValue has the unknown datatype {member.Name}");

        var json = member.Value;
        try
        {
            return type switch
            {
                AttributeType.S => String(json.GetString()!),
                AttributeType.N => Number(json.GetString()!),
                AttributeType.B => Binary(json.GetBytesFromBase64()),
                AttributeType.BOOL => new AttributeValue(type, json.GetBoolean()),
                AttributeType.NULL => new AttributeValue(type, value: null),
                AttributeType.M => OfMap(ItemJson.Read(json)),
                AttributeType.L => OfList(json.EnumerateArray().Select(Parse)),
                _ => ParseSet(type, json),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new AwsException("SerializationException", $"The value of type {type} is malformed.");
        }
    }

    private static AttributeValue ParseSet(AttributeType type, JsonElement json)
    {
        var members = json.EnumerateArray().Select(m => type is AttributeType.NS ? Number(m.GetString()!).Text : m.GetString()!).ToArray();
        if (members.Length == 0)
            throw AwsException.Validation("One or more parameter values were invalid: An string set  may not be empty");

        return members.Distinct(StringComparer.Ordinal).Count() == members.Length
            ? OfSet(type, members)
            : throw AwsException.Validation("One or more parameter values were invalid: Input collection contains duplicates.");
    }
}
