using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Engine.Verification;

/// <summary>
/// Writes a DynamoDB item as bytes, such that equal items give equal bytes and different items different ones: every value is tagged and
/// counted, names and sets are sorted, numbers are brought into one form. One encoder serves one thread; its buffer is used again.
/// </summary>
internal sealed class ItemEncoder
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    /// <summary>The item's bytes, good until the next call.</summary>
    public ReadOnlySpan<byte> Encode(Dictionary<string, AttributeValue> item)
    {
        _buffer.Clear();
        Map(item);
        return _buffer.WrittenSpan;
    }

    private void Map(Dictionary<string, AttributeValue> map)
    {
        Tag('M', map.Count);
        foreach (var (name, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Text('K', name);
            Value(value);
        }
    }

    private void Value(AttributeValue value)
    {
        if (value.S is not null)
            Text('S', value.S);
        else if (value.N is not null)
            Text('N', CanonicalNumber.Of(value.N));
        else if (value.B is not null)
            Bytes('B', value.B.ToArray());
        else if (value.IsBOOLSet)
            Tag(value.BOOL == true ? 'T' : 'F', 0);
        else if (value.NULL == true)
            Tag('0', 0);
        else if (value.IsMSet)
            Map(value.M);
        else if (value.IsLSet)
            List(value.L);
        else
            Set(value);
    }

    private void List(List<AttributeValue> list)
    {
        Tag('L', list.Count);
        foreach (var value in list)
            Value(value);
    }

    private void Set(AttributeValue value)
    {
        if (value.IsSSSet)
        {
            Texts('s', value.SS);
        }
        else if (value.IsNSSet)
        {
            Texts('n', value.NS.Select(CanonicalNumber.Of));
        }
        else if (value.IsBSSet)
        {
            var hex = value.BS.Select(b => Convert.ToHexString(b.ToArray())).Order(StringComparer.Ordinal).ToList();
            Tag('b', hex.Count);
            hex.ForEach(h => Text('B', h));
        }
        else
        {
            throw new RestoreException(
                "ItemUnreadable", FaultCategory.InvalidData, "An item holds an attribute of a type that is not known, so that it cannot be compared.", mend: "Update ScalarRestore.");
        }
    }

    private void Texts(char tag, IEnumerable<string> texts)
    {
        var sorted = texts.Order(StringComparer.Ordinal).ToList();
        Tag(tag, sorted.Count);
        sorted.ForEach(t => Text('S', t));
    }

    private void Text(char tag, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Tag(tag, length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    private void Bytes(char tag, byte[] bytes)
    {
        Tag(tag, bytes.Length);
        _buffer.Write(bytes);
    }

    private void Tag(char tag, int count)
    {
        var span = _buffer.GetSpan(1 + sizeof(int));
        span[0] = (byte)tag;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], count);
        _buffer.Advance(1 + sizeof(int));
    }
}
