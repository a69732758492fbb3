using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>
/// Puts new bytes in the place of a file: all of them or, on any fault, none. They are written beside the file and take its name at the
/// end, so whoever reads it meanwhile sees the old bytes or the new ones, and a power cut leaves one of both.
/// </summary>
internal static class FileSwap
{
    /// <summary>Replaces a file, with its owner and mode kept.</summary>
    /// <param name="target">The file itself.</param>
    /// <param name="path">What the user calls it, for messages.</param>
    /// <param name="before">What it has to be until the end.</param>
    /// <param name="bytes">What it will be.</param>
    /// <param name="cancellationToken">Stops it; the file stays as it was.</param>
    /// <exception cref="RestoreException">The file stays as it was.</exception>
    public static async Task ReplaceAsync(string target, string path, Fingerprint before, byte[] bytes, CancellationToken cancellationToken)
    {
        FileOpener.RequireWritable(target, path);
        var folder = Path.GetDirectoryName(target)!;
        var stream = Create(folder, target, path);
        var temp = stream.Name;
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
                await TakeOverAsync(target, path, before, stream.SafeFileHandle, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Rename(temp, target);
        }
        catch (Exception e)
        {
            Delete(temp);
            if (e is IOException or UnauthorizedAccessException)
                throw FileFaults.NotWritten(path, e);

            throw;
        }

        if (!OperatingSystem.IsWindows())
            UnixFile.FlushFolder(folder);
    }

    /// <summary>Makes the new file such that from its first moment on nobody else can read the passwords that may come into it.</summary>
    private static FileStream Create(string folder, string target, string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        try
        {
            return new FileStream(Path.Combine(folder, TempName(Path.GetFileName(target))), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.FolderNotWritable(path, folder, e);
        }
    }

    /// <summary>A hidden name that tells whose it is. Of a long name only the beginning is taken: names have at most 255 bytes.</summary>
    private static string TempName(string name)
    {
        const int most = 48;
        var beginning = name.Length <= most ? name : name[..(char.IsHighSurrogate(name[most - 1]) ? most - 1 : most)];
        return $".{beginning}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
    }

    /// <summary>Has a last look at the old file, and makes the new one its like.</summary>
    private static async Task TakeOverAsync(
        string target, string path, Fingerprint before, SafeFileHandle replacement, CancellationToken cancellationToken)
    {
        var current = Reopen(target, path);
        await using (current.ConfigureAwait(false))
        {
            if (!await before.MatchesAsync(current, cancellationToken).ConfigureAwait(false))
                throw FileFaults.Changed(path, "was changed by somebody else");

            if (!OperatingSystem.IsWindows())
                CopyAccess(current.SafeFileHandle, replacement, path);
        }
    }

    private static FileStream Reopen(string target, string path)
    {
        try
        {
            return FileOpener.Open(target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FileFaults.Changed(path, "was removed", e);
        }
    }

    /// <summary>
    /// First the owner, then the mode: the other way round the new file would be open to the wrong group for a moment, and a change of the
    /// owner takes bits away from the mode.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static void CopyAccess(SafeFileHandle from, SafeFileHandle to, string path)
    {
        if (UnixFile.StatusOf(from) is { } wanted && UnixFile.StatusOf(to) is { } now && !UnixFile.Give(to, now, wanted))
            throw FileFaults.OwnerNotKept(path, wanted, now, UnixFile.LastError.Message);

        if (!UnixFile.SetAccessList(to, UnixFile.AccessListOf(from)))
            throw FileFaults.AccessNotKept(path, UnixFile.LastError.Message);

        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    private static void Rename(string temp, string target)
    {
        // On Windows only a replacement keeps the access control list and the attributes of the file that goes.
        if (OperatingSystem.IsWindows())
            File.Replace(temp, target, destinationBackupFileName: null);
        else
            File.Move(temp, target, overwrite: true);
    }

    private static void Delete(string temp)
    {
        try
        {
            File.Delete(temp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what has to be told; nobody else can read what stays behind.
            return;
        }
    }
}
