using System.Runtime.Versioning;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>Finds and opens the file that a user's path leads to. Nobody else is kept from it meanwhile.</summary>
internal static class FileOpener
{
    private const FileShare Everybody = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>The full path of the file itself, with all links followed.</summary>
    /// <exception cref="RestoreException"><c>FileNotFound</c> or <c>FileUnreadable</c>.</exception>
    public static string Find(string path)
    {
        string target;
        try
        {
            var full = Path.GetFullPath(path);
            target = OperatingSystem.IsWindows() ? FollowOnWindows(full, path) : Follow(full, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw FileFaults.NotFound(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.Unreadable(path, e.Message, e);
        }

        if (Directory.Exists(target))
            throw FileFaults.NoFile(path, "a folder");

        // Opening a pipe would wait for whoever writes into it.
        if (!OperatingSystem.IsWindows() && UnixFile.StatusOf(target) is { IsRegular: false })
            throw FileFaults.NoFile(path, "a pipe or a device");

        return target;
    }

    /// <summary>Opens the file for a look.</summary>
    /// <param name="target">The file itself.</param>
    /// <param name="path">What the user calls it.</param>
    /// <exception cref="RestoreException"><c>FileNotFound</c> or <c>FileUnreadable</c>.</exception>
    public static FileStream OpenForReading(string target, string path)
    {
        try
        {
            return Open(target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FileFaults.NotFound(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.Unreadable(path, e.Message, e);
        }
    }

    /// <summary>Opens the file for a look, and lets the exceptions of the system through.</summary>
    public static FileStream Open(string target) =>
        new(target, FileMode.Open, FileAccess.Read, Everybody, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Makes sure that the file may be written. It will be replaced, but a folder's permission does not lift the file's.</summary>
    /// <param name="target">The file itself.</param>
    /// <param name="path">What the user calls it.</param>
    /// <exception cref="RestoreException"><c>FileReadOnly</c>, or <c>FileChanged</c> if it is gone.</exception>
    public static void RequireWritable(string target, string path)
    {
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        try
        {
            // root may write to everything, but whoever took the last write bit away meant it.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(target) & write) == UnixFileMode.None)
                throw FileFaults.ReadOnly(path, "nobody has the permission to write to it.");

            if (OperatingSystem.IsWindows() && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
                throw FileFaults.ReadOnly(path, "it is marked as read-only.");

            using var stream = new FileStream(target, FileMode.Open, FileAccess.Write, Everybody, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FileFaults.Changed(path, "was removed", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.ReadOnly(path, e.Message, e);
        }
    }

    private static string FollowOnWindows(string full, string path) => File.ResolveLinkTarget(full, returnFinalTarget: true) switch
    {
        null => full,
        { Exists: true } file => file.FullName,
        { } missing => throw FileFaults.BrokenLink(path, $"to '{missing.FullName}', which does not exist"),
    };

    [UnsupportedOSPlatform("windows")]
    private static string Follow(string full, string path)
    {
        if (UnixFile.RealPath(full) is { } real)
            return real;

        var why = UnixFile.LastError;
        if (new FileInfo(full).LinkTarget is { } next)
            throw FileFaults.BrokenLink(path, $"to '{next}' that leads to no file: {why.Message}");

        throw why.IsMissing ? FileFaults.NotFound(path) : FileFaults.Unreadable(path, why.Message + ".");
    }
}
