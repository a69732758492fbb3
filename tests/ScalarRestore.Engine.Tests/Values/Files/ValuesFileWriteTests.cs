using System.Text;
using CsCheck;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Values.Files;

namespace ScalarRestore.Engine.Tests.Values.Files;

public sealed class ValuesFileWriteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "values.yaml");

    [Theory]
    [InlineData("url: old\n")]
    [InlineData("# é 日本 \U0001F600\r\nurl: old")]
    [InlineData("\r\n\turl: old \u2028 \u0085 \uFEFF\f\r")]
    public async Task What_is_not_edited_stays_byte_for_byte(string text)
    {
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] Bytes(string all) => [.. encoding.GetPreamble(), .. encoding.GetBytes(all)];
            var file = await ReadAsync(Bytes(text));
            await file.WriteAsync(text.Replace("old", "newer", StringComparison.Ordinal), CancellationToken.None);
            await AssertHoldsAsync(Bytes(text.Replace("old", "newer", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Any_bytes_of_properties_come_back() =>
        await Gen.Byte.Array[1, 200].SampleAsync(
            async bytes =>
            {
                using var folder = new TempFolder();
                var path = Path.Combine(folder.Path, "database.properties");
                bytes = [.. bytes.Where(code => code is >= 0x20 or 0x09 or 0x0A or 0x0D)];
                await File.WriteAllBytesAsync(path, bytes);
                var file = await ValuesFile.ReadAsync(path, isProperties: true, CancellationToken.None);
                await file.WriteAsync(file.Text + "a", CancellationToken.None);
                byte[] expected = [.. bytes, (byte)'a'];
                Assert.Equal(expected, await File.ReadAllBytesAsync(path));
            },
            iter: 50,
            threads: 1);

    [Fact]
    public async Task A_character_that_properties_cannot_hold_is_the_callers_error()
    {
        var file = await ReadAsync("a=1\n"u8.ToArray(), isProperties: true);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => file.WriteAsync("a=日\n", CancellationToken.None));
        await AssertHoldsAsync("a=1\n"u8.ToArray());
    }

    [Fact]
    public async Task The_same_text_is_not_written()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        File.Delete(Target);
        await file.WriteAsync("a: 1\n", CancellationToken.None);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_file_may_be_written_again()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        await file.WriteAsync("a: 2\n", CancellationToken.None);
        Assert.Equal("a: 2\n", file.Text);
        await file.WriteAsync("a: 1\n", CancellationToken.None);
        await AssertHoldsAsync("a: 1\n"u8.ToArray());
    }

    [Theory]
    [InlineData("a: 2\n")]
    [InlineData("a: 1\nb: 2\n")]
    [InlineData("")]
    public async Task What_somebody_else_wrote_meanwhile_stays(string other)
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        await File.WriteAllTextAsync(Target, other);
        var fault = await FaultAsync(file);
        Assert.Equal(("FileChanged", FaultCategory.ResourceBusy, Target), (fault.Id, fault.Category, fault.Target));
        Assert.Contains("run the command again", fault.Mend, StringComparison.Ordinal);
        await AssertHoldsAsync(Encoding.UTF8.GetBytes(other));
    }

    [Fact]
    public async Task A_file_that_is_gone_does_not_come_back()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        File.Delete(Target);
        Assert.Equal("FileChanged", (await FaultAsync(file)).Id);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_file_that_was_only_touched_is_replaced()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        File.SetLastWriteTimeUtc(Target, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await file.WriteAsync("a: 2\n", CancellationToken.None);
        await AssertHoldsAsync("a: 2\n"u8.ToArray());
    }

    [Fact]
    public async Task A_read_only_file_stays()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        File.SetAttributes(Target, FileAttributes.ReadOnly);
        var fault = await FaultAsync(file);
        Assert.Equal(("FileReadOnly", FaultCategory.PermissionDenied), (fault.Id, fault.Category));
        await AssertHoldsAsync("a: 1\n"u8.ToArray());
        File.SetAttributes(Target, FileAttributes.Normal);
    }

    [Fact]
    public async Task A_stopped_command_leaves_the_file_and_nothing_else()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.WriteAsync("a: 2\n", new CancellationToken(canceled: true)));
        await AssertHoldsAsync("a: 1\n"u8.ToArray());
        Assert.Equal("a: 1\n", file.Text);
    }

    [Fact]
    public async Task Readers_are_not_in_the_way_of_each_other()
    {
        var file = await ReadAsync("a: 1\n"u8.ToArray());
        await using (new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            await file.WriteAsync("a: 2\n", CancellationToken.None);

        await AssertHoldsAsync("a: 2\n"u8.ToArray());
    }

    [Fact]
    public async Task The_longest_names_are_fine()
    {
        // Three bytes a character in UTF-8: 255 in all.
        var path = _folder.Write(new string('日', 85), "a: 1\n");
        var file = await ValuesFile.ReadAsync(path, isProperties: false, CancellationToken.None);
        await file.WriteAsync("a: 2\n", CancellationToken.None);
        Assert.Equal("a: 2\n", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<RestoreException> FaultAsync(ValuesFile file) =>
        Assert.ThrowsAsync<RestoreException>(() => file.WriteAsync("a: changed\n", CancellationToken.None));

    private async Task<ValuesFile> ReadAsync(byte[] bytes, bool isProperties = false)
    {
        await File.WriteAllBytesAsync(Target, bytes);
        return await ValuesFile.ReadAsync(Target, isProperties, CancellationToken.None);
    }

    /// <summary>The file holds that, and there is nothing beside it.</summary>
    private async Task AssertHoldsAsync(byte[] bytes)
    {
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
    }
}
