using System.Globalization;
using System.Text;

namespace ScalarRestore.Engine.Journal;

/// <summary>A journal in a file that only its owner may read. A lock file beside it keeps a second writer out.</summary>
internal sealed class FileJournalStore : IJournalStore
{
    private readonly FileStream? _lock;
    private FileStream? _appender;
    private RestoreException? _broken;

    private FileJournalStore(string path, FileStream? lockFile)
    {
        Location = path;
        _lock = lockFile;
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>The file of a run in a folder.</summary>
    public static string PathOf(string folder, string runId) => Path.Combine(folder, runId + JournalFolder.Extension);

    /// <summary>Opens a journal for writing; creates it if it is new.</summary>
    /// <exception cref="RestoreException">Another process holds it, or the place cannot be written to.</exception>
    public static FileJournalStore OpenForWriting(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileJournalStore(path, TakeLock(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(
                "JournalNotWritable",
                FaultCategory.PermissionDenied,
                $"The journal '{path}' cannot be written: {e.Message}",
                path,
                "Give a folder that can be written with -JournalPath. Nothing was changed.",
                e);
        }
    }

    /// <summary>Opens a journal for a look; a running writer is not disturbed.</summary>
    public static FileJournalStore OpenForReading(string path) => new(path, lockFile: null);

    /// <inheritdoc/>
    public async Task<JournalText> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Location))
        {
            return new JournalText([], Torn: null);
        }

        var stream = new FileStream(Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        string text;
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }

        var lines = text.Split('\n');
        return new JournalText(lines[..^1], lines[^1].Length > 0 ? lines[^1] : null);
    }

    /// <inheritdoc/>
    public async Task DropTornAsync(CancellationToken cancellationToken)
    {
        var stream = Appender();
        var bytes = await File.ReadAllBytesAsync(Location, cancellationToken).ConfigureAwait(false);
        stream.SetLength(Array.LastIndexOf(bytes, (byte)'\n') + 1);
        stream.Seek(0, SeekOrigin.End);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_broken is not null)
        {
            throw _broken;
        }

        var stream = Appender();
        var whole = stream.Length;
        try
        {
            // One write for the whole line: a crash in between leaves a torn line and never half of two.
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
            stream.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }
        catch (IOException e)
        {
            // Whether the line reached the disk is not known, and another one under the same number would break the chain: this writer ends.
            TakeBack(stream, whole);
            _broken = new RestoreException(
                "JournalNotWritable",
                FaultCategory.InvalidOperation,
                $"The journal '{Location}' cannot be written any more: {e.Message} Nothing further is changed.",
                Location,
                "Make room on the disk, then resume the run.",
                e);
            throw _broken;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_appender is not null)
        {
            await _appender.DisposeAsync().ConfigureAwait(false);
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void TakeBack(FileStream stream, long length)
    {
        try
        {
            stream.SetLength(length);
        }
        catch (IOException)
        {
            // A torn line is dropped when the journal is read again.
            return;
        }
    }

    private FileStream Appender() => _appender ??= OpenAppender();

    private FileStream OpenAppender()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(Location, options);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }

    private static FileStream TakeLock(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            // Goes with its holder: whoever opens the name next makes a new file and locks that.
            var stream = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            var owner = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} of {Environment.UserName} on {Environment.MachineName}");
            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(owner));
            stream.Flush(flushToDisk: true);
            return stream;
        }
        catch (IOException e) when (e is not DirectoryNotFoundException and not PathTooLongException && File.Exists(lockPath))
        {
            throw new RestoreException(
                "JournalInUse",
                FaultCategory.ResourceBusy,
                $"The journal '{path}' is in use by another process.",
                path,
                "Let the other process end, or stop it; then try again. Nothing was changed.",
                e);
        }
    }
}
