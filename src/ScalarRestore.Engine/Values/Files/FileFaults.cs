using System.Globalization;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>What can be wrong with a user's file. All of these come before the file is touched: it stays as it was.</summary>
internal static class FileFaults
{
    /// <summary>There is no file of that name.</summary>
    public static RestoreException NotFound(string path, Exception? inner = null) => new(
        "FileNotFound", FaultCategory.ObjectNotFound, $"There is no file '{path}'.", path, "Check the path. Nothing was changed.", inner);

    /// <summary>The name is not a file's.</summary>
    public static RestoreException NoFile(string path, string what) => new(
        "FileUnreadable",
        FaultCategory.InvalidArgument,
        $"'{path}' cannot be read: it is {what}, not a file.",
        path,
        "Give the file itself. Nothing was changed.");

    /// <summary>The name is a link that leads to no file.</summary>
    public static RestoreException BrokenLink(string path, string why) => new(
        "FileUnreadable",
        FaultCategory.ObjectNotFound,
        $"'{path}' cannot be read: it is a symbolic link {why}.",
        path,
        "Mend the link, or give the file itself. Nothing was changed.");

    /// <summary>The system does not let us read it.</summary>
    public static RestoreException Unreadable(string path, string why, Exception? inner = null) => new(
        "FileUnreadable",
        FaultCategory.PermissionDenied,
        $"'{path}' cannot be read: {why}",
        path,
        "Check the permissions of the file and of the folders above it. Nothing was changed.",
        inner);

    /// <summary>It is larger than any values file.</summary>
    public static RestoreException TooLarge(string path, long length, int limit) => new(
        "FileTooLarge",
        FaultCategory.LimitsExceeded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{path}' is too large: it has {length:N0} bytes, and at most {limit:N0} ({limit / (1024 * 1024)} MiB) are read."),
        path,
        "Check that it is the values file. Nothing was changed.");

    /// <summary>A byte that UTF-8 does not have there.</summary>
    public static RestoreException NotUtf8(string path, TextPosition position, byte found) => new(
        "FileNotUtf8",
        FaultCategory.ParserError,
        string.Create(CultureInfo.InvariantCulture, $"'{path}' is not UTF-8: {position} is the byte 0x{found:X2}."),
        path,
        "Save it as UTF-8 and run the command again. Nothing was changed.");

    /// <summary>A UTF-16 text with half a character in it.</summary>
    public static RestoreException BrokenUtf16(string path, TextPosition position) => new(
        "FileNotText",
        FaultCategory.ParserError,
        $"'{path}' begins as UTF-16 but is none: {position} is half a character.",
        path,
        "Save it as UTF-8 and run the command again. Nothing was changed.");

    /// <summary>A character that no text has.</summary>
    public static RestoreException NotText(string path, TextPosition position, char found) => new(
        "FileNotText",
        FaultCategory.ParserError,
        string.Create(CultureInfo.InvariantCulture, $"'{path}' is not a text file: {position} is the control character 0x{(int)found:X2}."),
        path,
        "Check that it is the right file; if it is a text in another encoding, save it as UTF-8. Nothing was changed.");

    /// <summary>The file may not be written, by anybody or by us.</summary>
    public static RestoreException ReadOnly(string path, string why, Exception? inner = null) => new(
        "FileReadOnly",
        FaultCategory.PermissionDenied,
        $"'{path}' cannot be written: {why}",
        path,
        "Make it writable and run the command again. Nothing was changed.",
        inner);

    /// <summary>Somebody else was there between reading and writing.</summary>
    public static RestoreException Changed(string path, string how, Exception? inner = null) => new(
        "FileChanged",
        FaultCategory.ResourceBusy,
        $"'{path}' {how} since it was read, so the edit was not written.",
        path,
        "Look at the file and run the command again. Nothing of it was changed by this command.",
        inner);

    /// <summary>No new file can be made beside the old one.</summary>
    public static RestoreException FolderNotWritable(string path, string folder, Exception inner) => new(
        "FolderNotWritable",
        FaultCategory.PermissionDenied,
        $"'{path}' cannot be replaced because no file can be made in its folder '{folder}': {inner.Message}",
        folder,
        "Make the folder writable and run the command again. Nothing was changed.",
        inner);

    /// <summary>The new file would belong to somebody else than the old one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Whose it is.</param>
    /// <param name="now">Whose the new file is before it is given away.</param>
    /// <param name="why">What the system says.</param>
    public static RestoreException OwnerNotKept(string path, FileStatus wanted, FileStatus now, string why)
    {
        var owner = string.Create(CultureInfo.InvariantCulture, $"user {wanted.Owner}");
        var group = string.Create(CultureInfo.InvariantCulture, $"group {wanted.Group}");
        var who = now.Owner == wanted.Owner ? $"a member of {group}" : $"the file's owner ({owner})";
        return new RestoreException(
            "FileOwnerNotKept",
            FaultCategory.PermissionDenied,
            $"'{path}' cannot be replaced because the new file would not belong to {owner} and {group} as it does now: {why}.",
            path,
            $"Run the command as {who}. Nothing was changed.");
    }

    /// <summary>The new file would be open to others than the old one.</summary>
    public static RestoreException AccessNotKept(string path, string why) => new(
        "FileOwnerNotKept",
        FaultCategory.PermissionDenied,
        $"'{path}' cannot be replaced because its access control list cannot be kept: {why}.",
        path,
        "Run the command as the file's owner. Nothing was changed.");

    /// <summary>The disk or the system gave up on the way.</summary>
    public static RestoreException NotWritten(string path, Exception inner) => new(
        "FileNotWritten",
        FaultCategory.InvalidOperation,
        $"'{path}' could not be replaced: {inner.Message}",
        path,
        "Mend the cause and run the command again. The file is as it was.",
        inner);
}
