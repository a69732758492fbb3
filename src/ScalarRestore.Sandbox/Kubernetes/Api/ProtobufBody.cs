using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>
/// Reads a body in Kubernetes' protobuf form into JSON: four magic bytes, an envelope with the type, the object. kubectl
/// sends it from its generators and does not fall back to JSON.
/// </summary>
internal static class ProtobufBody
{
    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Reads a whole body.</summary>
    /// <exception cref="FormatException">No such body, or of a kind that is not known here.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw new FormatException("the protobuf body lacks its magic bytes");
        }

        var (apiVersion, kind) = ("", "");
        ReadOnlySpan<byte> raw = [];
        var envelope = new WireReader(body[Magic.Length..]);
        while (envelope.Next())
        {
            switch (envelope.Number)
            {
                case 1:
                    var type = new WireReader(envelope.Bytes);
                    while (type.Next())
                    {
                        var text = Encoding.UTF8.GetString(type.Bytes);
                        (apiVersion, kind) = type.Number == 1 ? (text, kind) : (apiVersion, text);
                    }

                    break;
                case 2:
                    raw = envelope.Bytes;
                    break;
                default:
                    break;
            }
        }

        if (ProtobufSchema.Find(kind) is null)
        {
            throw new FormatException($"protobuf bodies of kind {kind} are not read here; send JSON");
        }

        var item = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
        foreach (var (key, value) in Message(raw, kind))
        {
            item[key] = value?.DeepClone();
        }

        return item;
    }

    private static JsonObject Message(ReadOnlySpan<byte> bytes, string message)
    {
        var fields = ProtobufSchema.Find(message)!;
        JsonObject result = [];
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (!fields.TryGetValue(reader.Number, out var field))
            {
                continue;
            }

            if (field.Map)
            {
                var (key, value) = Entry(reader.Bytes, field.Type);
                result.Ensure(field.Name)[key] = value;
            }
            else if (field.Repeated)
            {
                if (result[field.Name] is not JsonArray list)
                {
                    result[field.Name] = list = [];
                }

                list.Add(Value(ref reader, field.Type));
            }
            else if (Value(ref reader, field.Type) is { } single && !IsUnset(single))
            {
                result[field.Name] = single;
            }
        }

        return result;
    }

    /// <summary>The encoder writes empty texts, false and empty messages where JSON would leave them out.</summary>
    private static bool IsUnset(JsonNode value) =>
        value is JsonObject { Count: 0 } || value.Text() == "" || (value is JsonValue flag && flag.TryGetValue(out bool set) && !set);

    private static (string Key, JsonNode? Value) Entry(ReadOnlySpan<byte> bytes, string type)
    {
        var key = "";
        JsonNode? value = "";
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Number == 1)
            {
                key = Encoding.UTF8.GetString(reader.Bytes);
            }
            else
            {
                value = Value(ref reader, type);
            }
        }

        return (key, value);
    }

    private static JsonNode? Value(ref WireReader reader, string type) => type switch
    {
        "s" => Encoding.UTF8.GetString(reader.Bytes),
        "y" => Convert.ToBase64String(reader.Bytes),
        "i" => (int)reader.Number64,
        "b" => reader.Number64 != 0,
        "x" => NumberOrText(reader.Bytes),
        _ => Message(reader.Bytes, type),
    };

    private static JsonNode NumberOrText(ReadOnlySpan<byte> bytes)
    {
        var (isText, number, text) = (false, 0, "");
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Number)
            {
                case 1:
                    isText = reader.Number64 == 1;
                    break;
                case 2:
                    number = (int)reader.Number64;
                    break;
                default:
                    text = Encoding.UTF8.GetString(reader.Bytes);
                    break;
            }
        }

        return isText ? text : number;
    }

    /// <summary>Walks the fields of one encoded message.</summary>
    private ref struct WireReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _position;

        /// <summary>The number of the present field.</summary>
        public int Number { get; private set; }

        /// <summary>Its value, where it is a number.</summary>
        public long Number64 { get; private set; }

        /// <summary>Its value, where it is a text, bytes or a message.</summary>
        public ReadOnlySpan<byte> Bytes { get; private set; }

        public bool Next()
        {
            if (_position >= _bytes.Length)
            {
                return false;
            }

            var tag = Varint();
            Number = (int)(tag >> 3);
            Bytes = [];
            switch (tag & 7)
            {
                case 0:
                    Number64 = Varint();
                    break;
                case 1:
                    Bytes = Take(8);
                    break;
                case 2:
                    Bytes = Take((int)Varint());
                    break;
                case 5:
                    Bytes = Take(4);
                    break;
                default:
                    throw new FormatException("an unknown wire type in the protobuf body");
            }

            return true;
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            if (length < 0 || length > _bytes.Length - _position)
            {
                throw new FormatException("the protobuf body is cut short");
            }

            var taken = _bytes.Slice(_position, length);
            _position += length;
            return taken;
        }

        private long Varint()
        {
            long value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = Take(1)[0];
                value |= (long)(next & 0x7f) << shift;
                if ((next & 0x80) == 0)
                {
                    return value;
                }
            }

            throw new FormatException("a number in the protobuf body is too long");
        }
    }
}
