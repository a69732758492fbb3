using System.Buffers;
using System.Text;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>
/// Turns a file's bytes into a text and back, such that what is not edited comes back byte for byte. Strict therefore: bytes that would
/// come back as others are refused.
/// </summary>
internal sealed class TextCodec
{
    // A form feed stays: java.util.Properties takes it for a blank. Files of old had one between pages.
    private static readonly SearchValues<char> NotInTexts =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code).Where(c => c is not ('\t' or '\n' or '\r' or '\f'))]);

    private static readonly TextCodec Utf8 = new([], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
    private static readonly TextCodec Utf8WithMark = new([0xEF, 0xBB, 0xBF], Utf8._encoding);
    private static readonly TextCodec Utf16 = new([0xFF, 0xFE], Unicode(bigEndian: false, strict: true));
    private static readonly TextCodec Utf16BigEndian = new([0xFE, 0xFF], Unicode(bigEndian: true, strict: true));
    private static readonly TextCodec Latin1 =
        new([], Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));

    private readonly byte[] _mark;
    private readonly Encoding _encoding;

    private TextCodec(byte[] mark, Encoding encoding)
    {
        _mark = mark;
        _encoding = encoding;
    }

    /// <summary>The encoding of a file: what helm's YAML reader takes it for, or Java's for properties.</summary>
    public static TextCodec Of(ReadOnlySpan<byte> bytes, bool isProperties)
    {
        // Java knows no byte order mark: there it is part of the first key.
        if (isProperties)
            return Latin1;

        foreach (var codec in (ReadOnlySpan<TextCodec>)[Utf8WithMark, Utf16, Utf16BigEndian])
        {
            if (bytes.StartsWith(codec._mark))
                return codec;
        }

        return Utf8;
    }

    /// <summary>The text of the bytes, without the byte order mark.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="RestoreException"><c>FileNotUtf8</c> or <c>FileNotText</c>.</exception>
    public string Decode(ReadOnlySpan<byte> bytes, string path)
    {
        bytes = bytes[_mark.Length..];
        if (_encoding is UTF8Encoding && !System.Text.Unicode.Utf8.IsValid(bytes))
            throw NotUtf8(bytes, path);

        string text;
        try
        {
            text = _encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw BrokenUtf16(bytes, path);
        }

        var odd = text.AsSpan().IndexOfAny(NotInTexts);
        return odd < 0 ? text : throw FileFaults.NotText(path, TextPosition.Behind(text.AsSpan(0, odd)), text[odd]);
    }

    /// <summary>The bytes of a text, with the byte order mark if the file had one.</summary>
    /// <exception cref="EncoderFallbackException">The text has characters that the encoding lacks; they had to be escaped.</exception>
    public byte[] Encode(string text)
    {
        var bytes = new byte[_mark.Length + _encoding.GetByteCount(text)];
        _mark.CopyTo(bytes, 0);
        _encoding.GetBytes(text, bytes.AsSpan(_mark.Length));
        return bytes;
    }

    private static RestoreException NotUtf8(ReadOnlySpan<byte> bytes, string path)
    {
        // What has a NUL in it is no text in any encoding that could be meant.
        if (bytes.IndexOf((byte)0) is var nul and >= 0)
            return FileFaults.NotText(path, TextPosition.Behind(Encoding.UTF8.GetString(bytes[..nul])), '\0');

        var good = 0;
        while (Rune.DecodeFromUtf8(bytes[good..], out _, out var length) == OperationStatus.Done)
            good += length;

        return FileFaults.NotUtf8(path, TextPosition.Behind(Encoding.UTF8.GetString(bytes[..good])), bytes[good]);
    }

    /// <summary>A lenient reader puts another character for each half of one, so where it first differs is the place.</summary>
    private RestoreException BrokenUtf16(ReadOnlySpan<byte> bytes, string path)
    {
        var lenient = Unicode(ReferenceEquals(this, Utf16BigEndian), strict: false);
        var text = lenient.GetString(bytes);
        var same = bytes.CommonPrefixLength(lenient.GetBytes(text)) / sizeof(char);
        return FileFaults.BrokenUtf16(path, TextPosition.Behind(text.AsSpan(0, same)));
    }

    private static UnicodeEncoding Unicode(bool bigEndian, bool strict) =>
        new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: strict);
}
