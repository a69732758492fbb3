using System.Text;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Values.Files;

namespace ScalarRestore.Engine.Tests.Values.Files;

public sealed class ValuesFileReadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("a: é\n")]
    [InlineData("a: 1\r\nb: 2")]
    [InlineData("\uFEFF")]
    [InlineData("")]
    public async Task A_byte_order_mark_is_no_part_of_the_text(string text)
    {
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var file = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            Assert.Equal(text, file.Text);
        }
    }

    [Fact]
    public async Task The_path_stays_as_it_was_given()
    {
        _folder.Write("values.yaml", "a: 1\n");
        var path = Path.Combine(_folder.Path, ".", "values.yaml");
        Assert.Equal(path, (await ValuesFile.ReadAsync(path, isProperties: false, CancellationToken.None)).Path);
    }

    [Fact]
    public async Task Windows_1252_is_refused_with_its_place()
    {
        var fault = await FaultAsync([.. "a: 1\r\n# Z"u8, 0xFC, .. "rich\n"u8]);
        Assert.Equal("FileNotUtf8", fault.Id);
        Assert.Equal($"'{PathOf()}' is not UTF-8: line 2, column 4 is the byte 0xFC.", fault.Message);
        Assert.Contains("Save it as UTF-8", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_count_characters_and_not_bytes() =>
        Assert.Contains("line 1, column 5 is the byte 0xE9", (await FaultAsync([.. "# é "u8, 0xE9])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0x61, 0xC3 }, 0xC3)]
    [InlineData(new byte[] { 0x61, 0xC0, 0x80 }, 0xC0)]
    [InlineData(new byte[] { 0x61, 0xED, 0xA0, 0x80 }, 0xED)]
    public async Task What_would_not_come_back_the_same_is_refused(byte[] bytes, int found)
    {
        var fault = await FaultAsync(bytes);
        Assert.Equal("FileNotUtf8", fault.Id);
        Assert.Contains(FormattableString.Invariant($"line 1, column 2 is the byte 0x{found:X2}"), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_a_character_in_UTF_16_is_refused(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] half = bigEndian ? [0xD8, 0x3D] : [0x3D, 0xD8];
        var fault = await FaultAsync(
            [.. encoding.GetPreamble(), .. encoding.GetBytes("a: \uFFFD\nb: "), .. half, .. encoding.GetBytes("x")]);
        Assert.Equal("FileNotText", fault.Id);
        Assert.Contains("line 2, column 4", fault.Message, StringComparison.Ordinal);

        fault = await FaultAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("ab"), 0x20]);
        Assert.Equal("FileNotText", fault.Id);
        Assert.Contains("line 1, column 3", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Control_characters_are_refused_with_their_place(bool isProperties)
    {
        for (var code = 0; code < ' '; code++)
        {
            byte[] bytes = [.. "a\n\n bc"u8, (byte)code, .. "d"u8];
            if (code is '\t' or '\n' or '\r' or '\f')
            {
                Assert.Equal(bytes.Length, (await ReadAsync(bytes, isProperties)).Text.Length);
                continue;
            }

            var fault = await FaultAsync(bytes, isProperties);
            Assert.Equal("FileNotText", fault.Id);
            var place = FormattableString.Invariant($"line 3, column 4 is the control character 0x{code:X2}");
            Assert.Contains(place, fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal("\x7F", (await ReadAsync([0x7F], isProperties)).Text);
    }

    [Fact]
    public async Task Binaries_are_refused()
    {
        Assert.Equal("FileNotText", (await FaultAsync([0x50, 0x4B, 3, 4, 20, 0, 0, 0])).Id);
        Assert.Equal("FileNotText", (await FaultAsync([.. new UnicodeEncoding(false, false).GetBytes("a: 1\n")])).Id);
        Assert.Equal("FileNotText", (await FaultAsync([.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("a: 1\n")])).Id);
    }

    [Fact]
    public async Task What_is_too_large_is_not_read()
    {
        await using (var stream = File.Create(PathOf()))
            stream.SetLength(ValuesFile.MaxBytes + 1L);

        var fault = await FaultAsync();
        Assert.Equal(("FileTooLarge", FaultCategory.LimitsExceeded), (fault.Id, fault.Category));
        Assert.Contains("33,554,433 bytes", fault.Message, StringComparison.Ordinal);
        Assert.Contains("33,554,432 (32 MiB)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Properties_are_read_one_byte_a_character()
    {
        var file = await ReadAsync([0xEF, 0xBB, 0xBF, 0x61, 0x80, 0xE9, 0xFF], isProperties: true);
        Assert.Equal("ï»¿a\u0080éÿ", file.Text);
    }

    [Fact]
    public async Task What_is_no_file_is_told_so()
    {
        var fault = await FaultAsync();
        Assert.Equal(("FileNotFound", FaultCategory.ObjectNotFound, PathOf()), (fault.Id, fault.Category, fault.Target));
        Assert.Equal("FileNotFound", (await FaultAsync(Path.Combine(_folder.Path, "no", "values.yaml"))).Id);
        Assert.Equal("FileNotFound", (await FaultAsync("")).Id);
        Assert.Equal("FileNotFound", (await FaultAsync("a\0b")).Id);

        fault = await FaultAsync(_folder.Path);
        Assert.Equal("FileUnreadable", fault.Id);
        Assert.Contains("it is a folder", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name = "values.yaml") => Path.Combine(_folder.Path, name);

    private async Task<ValuesFile> ReadAsync(byte[] bytes, bool isProperties = false)
    {
        await File.WriteAllBytesAsync(PathOf(), bytes);
        return await ValuesFile.ReadAsync(PathOf(), isProperties, CancellationToken.None);
    }

    private async Task<RestoreException> FaultAsync(byte[] bytes, bool isProperties = false) =>
        await Assert.ThrowsAsync<RestoreException>(() => ReadAsync(bytes, isProperties));

    private async Task<RestoreException> FaultAsync(string? path = null) => await Assert.ThrowsAsync<RestoreException>(
        () => ValuesFile.ReadAsync(path ?? PathOf(), isProperties: false, CancellationToken.None));
}
