using System.Buffers.Binary;
using System.Runtime.Versioning;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Values.Files;

namespace ScalarRestore.Engine.Tests.Values.Files;

/// <summary>Links, modes and owners.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ValuesFileUnixTests : IDisposable
{
    private const string Old = "a: 1\n";
    private const string New = "a: 2\n";
    private const uint None = uint.MaxValue;

    private readonly TempFolder _folder = new();

    private string Target => PathOf("values.yaml");

    [SkippableTheory]
    [InlineData("values.yaml")]
    [InlineData("./sub/../values.yaml")]
    public async Task A_link_stays_and_what_it_leads_to_is_replaced(string content)
    {
        SkipOnWindows();
        _folder.Write("values.yaml", Old);
        Directory.CreateDirectory(PathOf("sub"));
        File.CreateSymbolicLink(PathOf("link"), content);
        var file = await WriteAsync(PathOf("link"));
        Assert.Equal(PathOf("link"), file.Path);
        Assert.Equal(content, new FileInfo(PathOf("link")).LinkTarget);
        AssertReplaced(Target, "link", "sub", "values.yaml");
    }

    [SkippableFact]
    public async Task A_chain_of_links_stays()
    {
        SkipOnWindows();
        _folder.Write("values.yaml", Old);
        Directory.CreateDirectory(PathOf("sub"));
        File.CreateSymbolicLink(PathOf("first"), "sub/second");
        File.CreateSymbolicLink(PathOf("sub/second"), "../values.yaml");
        await WriteAsync(PathOf("first"));
        Assert.Equal("sub/second", new FileInfo(PathOf("first")).LinkTarget);
        Assert.Equal("../values.yaml", new FileInfo(PathOf("sub/second")).LinkTarget);
        AssertReplaced(Target, "first", "sub", "values.yaml");
    }

    [SkippableFact]
    public async Task A_relative_link_below_a_linked_folder_leads_where_the_system_says()
    {
        SkipOnWindows();
        _folder.Write("charts/values.yaml", Old);
        var other = _folder.Write("values.yaml", "another: file\n");
        Directory.CreateDirectory(PathOf("charts/prod"));
        File.CreateSymbolicLink(PathOf("charts/prod/link"), "../values.yaml");
        Directory.CreateSymbolicLink(PathOf("short"), "charts/prod");
        await WriteAsync(PathOf("short/link"));
        Assert.Equal(New, await File.ReadAllTextAsync(PathOf("charts/values.yaml")));
        Assert.Equal("another: file\n", await File.ReadAllTextAsync(other));
    }

    [SkippableFact]
    public async Task Links_that_lead_nowhere_are_told_so()
    {
        SkipOnWindows();
        File.CreateSymbolicLink(PathOf("dangling"), "nowhere");
        File.CreateSymbolicLink(PathOf("one"), "two");
        File.CreateSymbolicLink(PathOf("two"), "one");
        foreach (var (link, next) in ((string, string)[])[("dangling", "nowhere"), ("one", "two")])
        {
            var fault = await ReadFaultAsync(PathOf(link));
            Assert.Equal("FileUnreadable", fault.Id);
            Assert.Contains($"it is a symbolic link to '{next}' that leads to no file", fault.Message, StringComparison.Ordinal);
        }

        File.CreateSymbolicLink(PathOf("folder"), _folder.Path);
        Assert.Contains("it is a folder", (await ReadFaultAsync(PathOf("folder"))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Devices_are_not_read()
    {
        SkipUnlessLinux();
        Assert.Contains("it is a pipe or a device", (await ReadFaultAsync("/dev/zero")).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_may_not_be_read_is_told_so()
    {
        SkipOnWindows();
        SkipAsRoot();
        _folder.Write("values.yaml", Old);
        File.SetUnixFileMode(Target, UnixFileMode.UserWrite);
        var fault = await ReadFaultAsync(Target);
        Assert.Equal(("FileUnreadable", FaultCategory.PermissionDenied), (fault.Id, fault.Category));

        var closed = _folder.Write("closed/values.yaml", Old);
        File.SetUnixFileMode(PathOf("closed"), UnixFileMode.None);
        fault = await ReadFaultAsync(closed);
        File.SetUnixFileMode(PathOf("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(("FileUnreadable", FaultCategory.PermissionDenied), (fault.Id, fault.Category));
    }

    [SkippableTheory]
    [InlineData(416)] // 0640
    [InlineData(384)] // 0600
    [InlineData(438)] // 0666: what the umask takes from new files has to be there, too
    [InlineData(493)] // 0755
    [InlineData(131)] // 0203
    public async Task The_mode_stays(int mode)
    {
        SkipOnWindows();
        Skip.If(mode == 131 && !Environment.IsPrivilegedProcess, "only root can read that");
        _folder.Write("values.yaml", Old);
        File.SetUnixFileMode(Target, (UnixFileMode)mode);
        await WriteAsync(Target);
        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(Target));
    }

    [SkippableFact]
    public async Task Read_only_holds_for_root_as_well()
    {
        SkipOnWindows();
        _folder.Write("values.yaml", Old);
        var file = await ValuesFile.ReadAsync(Target, isProperties: false, CancellationToken.None);
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Equal("FileReadOnly", (await WriteFaultAsync(file)).Id);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [SkippableFact]
    public async Task The_owner_stays()
    {
        SkipUnlessLinux();
        Skip.IfNot(Environment.IsPrivilegedProcess, "only root can give files away");
        _folder.Write("values.yaml", Old);
        Skip.IfNot(Unix.Give(Target, 12345, 54321), "this root may not give files away");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.SetGroup);
        await WriteAsync(Target);
        Assert.Equal((12345u, 54321u), Unix.OwnerOf(Target));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.SetGroup,
            File.GetUnixFileMode(Target));
        AssertReplaced(Target, "values.yaml");
    }

    [SkippableFact]
    public async Task The_access_control_list_stays()
    {
        SkipUnlessLinux();
        _folder.Write("values.yaml", Old);
        var list = AccessList((1, 6, None), (2, 4, 12345), (4, 0, None), (16, 4, None), (32, 0, None));
        Skip.IfNot(Unix.SetAccessList(Target, list), "the file system has no access control lists");
        await WriteAsync(Target);
        Assert.Equal(list, Unix.AccessListOf(Target));

        _folder.Write("plain.yaml", Old);
        await WriteAsync(PathOf("plain.yaml"));
        Assert.Null(Unix.AccessListOf(PathOf("plain.yaml")));
    }

    [SkippableFact]
    public async Task A_folder_that_cannot_be_written_is_told_so()
    {
        SkipOnWindows();
        SkipAsRoot();
        var path = _folder.Write("closed/values.yaml", Old);
        var file = await ValuesFile.ReadAsync(path, isProperties: false, CancellationToken.None);
        File.SetUnixFileMode(PathOf("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var fault = await WriteFaultAsync(file);
        File.SetUnixFileMode(PathOf("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(("FolderNotWritable", FaultCategory.PermissionDenied, PathOf("closed")), (fault.Id, fault.Category, fault.Target));
        Assert.Equal(Old, await File.ReadAllTextAsync(path));
    }

    [SkippableFact]
    public async Task Other_names_of_the_file_are_counted()
    {
        SkipUnlessLinux();
        _folder.Write("values.yaml", Old);
        Assert.Equal(1, (await ValuesFile.ReadAsync(Target, isProperties: false, CancellationToken.None)).HardLinks);
        Assert.True(Unix.HardLink(Target, PathOf("other.yaml")));
        Assert.Equal(2, (await WriteAsync(Target)).HardLinks);
        Assert.Equal(Old, await File.ReadAllTextAsync(PathOf("other.yaml")));
    }

    public void Dispose() => _folder.Dispose();

    private static void SkipOnWindows() => Skip.If(OperatingSystem.IsWindows());

    private static void SkipUnlessLinux() => Skip.IfNot(OperatingSystem.IsLinux());

    private static void SkipAsRoot() => Skip.If(Environment.IsPrivilegedProcess, "root may do everything");

    private static Task<RestoreException> ReadFaultAsync(string path) =>
        Assert.ThrowsAsync<RestoreException>(() => ValuesFile.ReadAsync(path, isProperties: false, CancellationToken.None));

    private static Task<RestoreException> WriteFaultAsync(ValuesFile file) =>
        Assert.ThrowsAsync<RestoreException>(() => file.WriteAsync(New, CancellationToken.None));

    private static async Task<ValuesFile> WriteAsync(string path)
    {
        var file = await ValuesFile.ReadAsync(path, isProperties: false, CancellationToken.None);
        await file.WriteAsync(New, CancellationToken.None);
        return file;
    }

    /// <summary>An access control list as the kernel writes it: the version, then kind, permissions and id of each entry.</summary>
    private static byte[] AccessList(params (ushort Kind, ushort Permissions, uint Id)[] entries)
    {
        var list = new byte[4 + (8 * entries.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(list, 2);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = list.AsSpan(4 + (8 * i));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[i].Kind);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], entries[i].Permissions);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[i].Id);
        }

        return list;
    }

    private void AssertReplaced(string path, params string[] names)
    {
        Assert.Equal(New, File.ReadAllText(path));
        Assert.Equal(names, Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);
}
