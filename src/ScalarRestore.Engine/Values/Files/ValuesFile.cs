namespace ScalarRestore.Engine.Values.Files;

/// <summary>A user's values file or properties file: its text, and the way to put another text in its place.</summary>
internal sealed class ValuesFile
{
    /// <summary>What a file may have at most, in bytes.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private readonly string _target;
    private readonly TextCodec _codec;
    private Fingerprint _fingerprint;

    private ValuesFile(string path, string target, byte[] bytes, bool isProperties)
    {
        Path = path;
        _target = target;
        _codec = TextCodec.Of(bytes, isProperties);
        Text = _codec.Decode(bytes, path);
        _fingerprint = Fingerprint.Of(bytes);
    }

    /// <summary>The path as it was given. It may be a symbolic link: then the link stays, and what it leads to is replaced.</summary>
    public string Path { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; private set; }

    /// <summary>How many names the file has: with more than one, the others keep the old text. 1 where that is not known.</summary>
    public int HardLinks { get; private init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, or a symbolic link to it.</param>
    /// <param name="isProperties">Whether Java reads it as properties, in ISO-8859-1; else it is YAML, in UTF-8 or UTF-16.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RestoreException">
    /// <c>FileNotFound</c>, <c>FileUnreadable</c>, <c>FileTooLarge</c>, <c>FileNotUtf8</c> or <c>FileNotText</c>.
    /// </exception>
    public static async Task<ValuesFile> ReadAsync(string path, bool isProperties, CancellationToken cancellationToken)
    {
        var target = FileOpener.Find(path);
        var stream = FileOpener.OpenForReading(target, path);
        await using (stream.ConfigureAwait(false))
        {
            var links = OperatingSystem.IsWindows() ? null : UnixFile.StatusOf(stream.SafeFileHandle)?.Links;
            var bytes = await ReadAllAsync(stream, path, cancellationToken).ConfigureAwait(false);
            return new ValuesFile(path, target, bytes, isProperties) { HardLinks = links ?? 1 };
        }
    }

    /// <summary>Puts a text in the place of the file's; nothing happens if it is the same.</summary>
    /// <param name="newText">The whole text.</param>
    /// <param name="cancellationToken">Stops it; the file stays as it was.</param>
    /// <exception cref="RestoreException">
    /// <c>FileReadOnly</c>, <c>FileChanged</c>, <c>FolderNotWritable</c>, <c>FileOwnerNotKept</c> or <c>FileNotWritten</c>.
    /// The file stays as it was.
    /// </exception>
    /// <exception cref="ArgumentException">The text has characters that the file's encoding lacks; they had to be escaped.</exception>
    public async Task WriteAsync(string newText, CancellationToken cancellationToken)
    {
        if (newText == Text)
            return;

        var bytes = _codec.Encode(newText);
        await FileSwap.ReplaceAsync(_target, Path, _fingerprint, bytes, cancellationToken).ConfigureAwait(false);
        Text = newText;
        _fingerprint = Fingerprint.Of(bytes);
    }

    private static async Task<byte[]> ReadAllAsync(FileStream stream, string path, CancellationToken cancellationToken)
    {
        try
        {
            var length = stream.Length;
            if (length > MaxBytes)
                throw FileFaults.TooLarge(path, length, MaxBytes);

            // What is appended while we read is not read; the fingerprint tells of it before anything is written.
            var bytes = new byte[length];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.Unreadable(path, e.Message, e);
        }
    }
}
