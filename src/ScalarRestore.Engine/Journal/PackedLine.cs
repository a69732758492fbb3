using System.IO.Compression;
using System.Text;

namespace ScalarRestore.Engine.Journal;

/// <summary>
/// Long lines as ConfigMaps keep them. A plan of hundreds of tables takes megabytes of text that repeats itself, and a ConfigMap holds one.
/// Pure; what is unpacked is the line to the byte.
/// </summary>
internal static class PackedLine
{
    private const string Lead = "gzip:";
    private const int Short = 16 * 1024;

    /// <summary>The line as it is kept: as it is if it is short.</summary>
    public static string Pack(string line)
    {
        if (line.Length <= Short)
        {
            return line;
        }

        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(line));
        }

        return Lead + Convert.ToBase64String(buffer.ToArray());
    }

    /// <summary>The line as it was.</summary>
    /// <remarks>What cannot be unpacked is returned as it is; its hash will not fit and the journal is refused.</remarks>
    public static string Unpack(string stored)
    {
        if (!stored.StartsWith(Lead, StringComparison.Ordinal))
        {
            return stored;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(stored[Lead.Length..])), CompressionMode.Decompress);
            using var reader = new StreamReader(gzip, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            return stored;
        }
    }
}
