using System.Text;
using CsCheck;
using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Tests.Values;

public sealed class PropertiesReaderTests
{
    [Theory]
    [InlineData("a=b", "a", "b")]
    [InlineData("a:b", "a", "b")]
    [InlineData("a b", "a", "b")]
    [InlineData("  a \t=\f b ", "a", "b ")]
    [InlineData("a = = b", "a", "= b")]
    [InlineData("a  : b", "a", "b")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("=b", "", "b")]
    [InlineData("a\\=b=c", "a=b", "c")]
    [InlineData("a\\ b c", "a b", "c")]
    [InlineData("url=jdbc:mysql://h:3306/?a=b", "url", "jdbc:mysql://h:3306/?a=b")]
    [InlineData("a=one\\\n   two", "a", "onetwo")]
    [InlineData("a=one\\\r\n\t two", "a", "onetwo")]
    [InlineData("a=one\\\\\nb=2", "a", "one\\")]
    [InlineData("a=one\\\n# no comment", "a", "one# no comment")]
    [InlineData("# a=b\\\na=c", "a", "c")]
    [InlineData("! a=b\r\ra=c", "a", "c")]
    [InlineData("a=\\u0041\\t\\n\\r\\f\\q", "a", "A\t\n\r\fq")]
    [InlineData("a=b\\", "a", "b")]
    [InlineData("\\\n# comment\na=b", "a", "b")]
    public void It_reads_as_Java_does(string text, string key, string value)
    {
        var entry = PropertiesReader.ReadNamed(text, "test")[0];
        Assert.Equal((key, value), (entry.Key, entry.Value));
    }

    [Fact]
    public void The_last_of_several_counts_and_lines_are_told()
    {
        var entries = PropertiesReader.ReadNamed("a=1\n\n# c\nb=2\\\n  3\r\na=4", "test");
        Assert.Equal([("a", 1), ("b", 4), ("a", 6)], entries.Select(entry => (entry.Key, entry.Line)));
        Assert.Equal("4", PropertiesReader.ReadMap("a=1\na=4", "test")["a"]);
    }

    [Fact]
    public void A_broken_escape_is_a_fault_with_its_line()
    {
        var fault = Assert.Throws<RestoreException>(() => PropertiesReader.ReadNamed("a=1\nb=\\u00g1", "release prod/db"));
        Assert.Equal("PropertiesInvalid", fault.Id);
        Assert.Contains("line 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("release prod/db", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_back() =>
        Gen.Select(Gen.String[Gen.Char["aé=: \t\f\\#!\n\r\u2028"], 0, 8], Gen.String[Gen.Char["bü=: \t\f\\#!\n\r"], 0, 12], Gen.Char["=: "], Gen.Int[0, 2].Select(i => i switch { 0 => "\n", 1 => "\r", _ => "\r\n" }))
            .Array[0, 6]
            .Sample(all =>
            {
                var text = string.Concat(all.Select(one => $"{Escape(one.Item1, isKey: true)}{(one.Item1.Length == 0 ? '=' : one.Item3)}{Escape(one.Item2, isKey: false)}{one.Item4}"));
                var read = PropertiesReader.ReadNamed(text, "test").Select(entry => (entry.Key, entry.Value)).ToList();
                Assert.Equal(all.Select(one => (one.Item1, one.Item2)), read);
            });

    [Fact]
    public void Nothing_makes_it_throw_anything_else() =>
        Gen.String[Gen.Char["abu019=: \t\f\\#!\n\r{}$"], 0, 60].Sample(text =>
        {
            try
            {
                PropertiesReader.ReadNamed(text, "test");
            }
            catch (RestoreException e) when (e.Id == "PropertiesInvalid")
            {
                // Java refuses it too.
            }
        });

    private static string Escape(string text, bool isKey)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\f' => escaped.Append("\\f"),
                '\\' => escaped.Append("\\\\"),
                ' ' when isKey || i == 0 => escaped.Append("\\ "),
                '=' or ':' or '#' or '!' => escaped.Append('\\').Append(text[i]),
                > '\x7e' => escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}"),
                _ => escaped.Append(text[i]),
            };
        }

        return escaped.ToString();
    }
}
