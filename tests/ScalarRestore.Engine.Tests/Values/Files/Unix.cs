using System.Diagnostics;
using System.Runtime.Versioning;
using ScalarRestore.Engine.Values.Files;

namespace ScalarRestore.Engine.Tests.Values.Files;

/// <summary>What only Unix has. Tests that use it are skipped on Windows.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Unix
{
    /// <summary>The user and the group of a file.</summary>
    public static (uint User, uint Group) OwnerOf(string path)
    {
        var status = UnixFile.StatusOf(path)!.Value;
        return (status.Owner, status.Group);
    }

    /// <summary>Gives a file to a user and a group.</summary>
    public static bool Give(string path, uint user, uint group)
    {
        using var stream = Open(path);
        var now = UnixFile.StatusOf(stream.SafeFileHandle)!.Value;
        return UnixFile.Give(stream.SafeFileHandle, now, now with { Owner = user, Group = group });
    }

    /// <summary>The access control list of a file.</summary>
    public static byte[]? AccessListOf(string path)
    {
        using var stream = Open(path);
        return UnixFile.AccessListOf(stream.SafeFileHandle);
    }

    /// <summary>Sets the access control list of a file.</summary>
    public static bool SetAccessList(string path, byte[] list)
    {
        using var stream = Open(path);
        return UnixFile.SetAccessList(stream.SafeFileHandle, list);
    }

    /// <summary>Gives a file another name.</summary>
    public static bool HardLink(string path, string other)
    {
        using var process = Process.Start("ln", [path, other]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
