using System.Security.Cryptography;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>What tells whether a file still is what was read.</summary>
internal sealed class Fingerprint
{
    private readonly long _length;
    private readonly byte[] _hash;

    private Fingerprint(long length, byte[] hash)
    {
        _length = length;
        _hash = hash;
    }

    /// <summary>The fingerprint of a file's bytes.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> bytes) => new(bytes.Length, SHA256.HashData(bytes));

    /// <summary>Whether a file, read from its start, has the same bytes.</summary>
    public async Task<bool> MatchesAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.Length != _length)
            return false;

        var hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
        return hash.AsSpan().SequenceEqual(_hash);
    }
}
