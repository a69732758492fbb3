using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ScalarRestore.Engine.Values.Files;

/// <summary>The few calls of the C library that .NET has no counterpart for.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixFile
{
    private const string Library = "libc";
    private const string AccessListName = "system.posix_acl_access";
    private const int CurrentFolder = -100;
    private const int OfHandle = 0x1000;
    private const uint BasicStatus = 0x7FF;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int NoSuchFile = 2;
    private const int NoFolder = 20;
    private const uint Keep = uint.MaxValue;

    // The system's own limits, for a path and for an extended attribute.
    private const int MaxPath = 4096;
    private const int MaxAttribute = 64 * 1024;

    /// <summary>Why the last call failed, and whether it did because a name does not exist.</summary>
    public static (string Message, bool IsMissing) LastError
    {
        get
        {
            var code = Marshal.GetLastPInvokeError();
            return (Marshal.GetPInvokeErrorMessage(code), code is NoSuchFile or NoFolder);
        }
    }

    /// <summary>
    /// The path with all links followed; null if it leads nowhere. <see cref="File.ResolveLinkTarget"/> will not do: it takes the
    /// <c>..</c> of a link's text from the folder's name and not from the folder, which is another file's path below a linked folder.
    /// </summary>
    public static string? RealPath(string path)
    {
        Span<byte> buffer = stackalloc byte[MaxPath + 1];
        return RealPath(path, buffer) == 0 ? null : Encoding.UTF8.GetString(buffer[..buffer.IndexOf((byte)0)]);
    }

    /// <summary>The status of what a path leads to; null where it is not known.</summary>
    public static FileStatus? StatusOf(string path) => Status(() => (Statx(CurrentFolder, path, 0, BasicStatus, out var status), status));

    /// <summary>The status of an open file; null where it is not known.</summary>
    public static FileStatus? StatusOf(SafeFileHandle file) =>
        Status(() => (Statx(file, "", OfHandle, BasicStatus, out var status), status));

    /// <summary>Gives a file to a user and a group, as far as they are not what it has; false if that is not allowed.</summary>
    public static bool Give(SafeFileHandle file, FileStatus now, FileStatus wanted) =>
        (now.Owner == wanted.Owner && now.Group == wanted.Group)
        || ChangeOwner(file, now.Owner == wanted.Owner ? Keep : wanted.Owner, now.Group == wanted.Group ? Keep : wanted.Group) == 0;

    /// <summary>The access control list in the kernel's form; null if there is none beyond the mode.</summary>
    public static byte[]? AccessListOf(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var buffer = new byte[MaxAttribute];
        var length = GetAttribute(file, AccessListName, buffer, (nuint)buffer.Length);
        return length < 0 ? null : buffer[..(int)length];
    }

    /// <summary>Sets the access control list; with null there is none any more, not even one that the folder gave.</summary>
    public static bool SetAccessList(SafeFileHandle file, byte[]? list)
    {
        if (!OperatingSystem.IsLinux())
            return true;

        if (list is not null)
            return SetAttribute(file, AccessListName, list, (nuint)list.Length, 0) == 0;

        return RemoveAttribute(file, AccessListName) == 0 || AccessListOf(file) is null;
    }

    /// <summary>Brings a folder's names to the disk. Best effort: not every system lets folders be opened or flushed.</summary>
    public static void FlushFolder(string folder)
    {
        using var handle = new SafeFileHandle(Open(folder, 0), ownsHandle: true);
        if (handle.IsInvalid)
            return;

        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (IOException)
        {
            // The file is in its place already; only a power cut right now could still undo that.
            return;
        }
    }

    private static FileStatus? Status(Func<(int Failed, StatxStatus Status)> call)
    {
        // Other systems have another structure.
        if (!OperatingSystem.IsLinux())
            return null;

        try
        {
            var (failed, status) = call();
            if (failed != 0)
                return null;

            var links = (int)Math.Min(status.Links, int.MaxValue);
            return new FileStatus(status.Owner, status.Group, links, (status.Mode & TypeMask) == Regular);
        }
        catch (EntryPointNotFoundException)
        {
            // musl before 1.2.5 does not have it.
            return null;
        }
    }

    [LibraryImport(Library, EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint RealPath(string path, Span<byte> resolved);

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out StatxStatus status);

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(SafeFileHandle file, string path, int flags, uint mask, out StatxStatus status);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(SafeFileHandle file, uint owner, uint group);

    [LibraryImport(Library, EntryPoint = "fgetxattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint GetAttribute(SafeFileHandle file, string name, Span<byte> value, nuint size);

    [LibraryImport(Library, EntryPoint = "fsetxattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetAttribute(SafeFileHandle file, string name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport(Library, EntryPoint = "fremovexattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int RemoveAttribute(SafeFileHandle file, string name);

    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    /// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxStatus
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
