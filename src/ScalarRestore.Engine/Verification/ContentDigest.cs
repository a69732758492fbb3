using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ScalarRestore.Engine.Verification;

/// <summary>
/// A hash over a bag of items that does not depend on their order: the sum, modulo 2^256, of the SHA-256 of each. Parts may be summed on their
/// own and merged, and an item that occurs twice counts twice, which an exclusive or would hide.
/// </summary>
internal sealed class ContentDigest
{
    private const int Words = 4;
    private readonly ulong[] _sum = new ulong[Words];

    /// <summary>The number of items.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one item in its canonical encoding.</summary>
    public void Add(ReadOnlySpan<byte> item)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(item, hash);
        Span<ulong> words = stackalloc ulong[Words];
        for (var i = 0; i < Words; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(hash[(i * sizeof(ulong))..]);
        Add(words);
        Count++;
    }

    /// <summary>Adds all items of another digest.</summary>
    public void Merge(ContentDigest other)
    {
        Add(other._sum);
        Count += other.Count;
    }

    /// <summary>The hash in lower-case hexadecimal, most significant digit first.</summary>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < Words; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes[(i * sizeof(ulong))..], _sum[Words - 1 - i]);
        return Convert.ToHexString(bytes).ToLowerInvariant();
    }

    private void Add(ReadOnlySpan<ulong> words)
    {
        UInt128 carry = 0;
        for (var i = 0; i < Words; i++)
        {
            carry += (UInt128)_sum[i] + words[i];
            _sum[i] = (ulong)carry;
            carry >>= 64;
        }
    }
}
