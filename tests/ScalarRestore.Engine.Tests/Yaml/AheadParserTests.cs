using System.Globalization;
using System.Text;
using ScalarRestore.Engine.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScalarRestore.Engine.Tests.Yaml;

public class AheadParserTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(253)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(20_000)]
    public void GivesTheEventsOfTheParserItself(int keys)
    {
        var text = Keys(keys);
        using var ahead = new AheadParser(new Parser(new StringReader(text)));

        Assert.Equal(Told(new Parser(new StringReader(text))), Told(ahead));
        Assert.Null(ahead.Current);
    }

    [Fact]
    public void GivesTheFaultBehindTheSameEvent()
    {
        var text = Keys(3000) + "broken: ]\n" + Keys(3000);
        using var ahead = new AheadParser(new Parser(new StringReader(text)));
        var (alone, beside) = (new List<string>(), new List<string>());
        var expected = Assert.ThrowsAny<YamlException>(() => Events(new Parser(new StringReader(text)), alone));
        var actual = Assert.ThrowsAny<YamlException>(() => Events(ahead, beside));

        Assert.Equal(expected.Message, actual.Message);
        Assert.Equal(expected.Start, actual.Start);
        Assert.Equal(alone, beside);
    }

    [Fact]
    public void EndsWithWhoeverReads()
    {
        var parser = new EndlessParser();
        using (var ahead = new AheadParser(parser))
        {
            Assert.True(ahead.MoveNext());
            Assert.IsType<Comment>(ahead.Current);
        }

        // It does not return before its thread has ended.
        var parsed = parser.Parsed;
        Thread.Yield();
        Assert.Equal(parsed, parser.Parsed);
        Assert.InRange(parsed, 1, 5 * 512);
    }

    [Fact]
    public void LongTextsAreReadAsShortOnesAre()
    {
        var text = Keys(60_000);
        Assert.True(text.Length > 1024 * 1024);
        var root = YamlReader.Read(text, YamlBudget.Values);

        Assert.Equal(60_000, root?.Map?.Count);
        Assert.All(root!.Map!, pair => Assert.Equal("value of " + pair.Key, pair.Value.Text));
        Assert.Equal(59_999, root["key59999"]?.Line - root["key0"]?.Line);
    }

    [Theory]
    [InlineData("k: plain words # note\n", "plain words")]
    [InlineData("k: plain\n  words\n", "plain words")]
    [InlineData("k: 'single'\n", "single")]
    [InlineData("k: 'it''s'\n", "it's")]
    [InlineData("k: \"double\"\n", "double")]
    [InlineData("k: \"tab\\tbed\"\n", "tab\tbed")]
    [InlineData("k: !!str tagged\n", "tagged")]
    [InlineData("k: &a anchored\n", "anchored")]
    [InlineData("k: &a !!str \"both\"\n", "both")]
    [InlineData("k: ''\n", "")]
    [InlineData("k: |\n  block\n", "block\n")]
    [InlineData("k: >\r\n  folded\r\n  lines\r\n", "folded lines\n")]
    [InlineData("k: [flow, \"seq\"]\n", null)]
    [InlineData("k: ~\n", null)]
    public void TextsAreWhatTheParserSays(string text, string? expected) =>
        Assert.Equal(expected, YamlReader.Read(text, YamlBudget.Values)!["k"]!.Text);

    [Fact]
    public void AnAliasSaysWhatItsNodeSays()
    {
        var root = YamlReader.Read("a: &x 'text'\nb: *x\nc: &m {k: v}\nd: *m\n", YamlBudget.Values)!;

        Assert.Equal("text", root["b"]!.Text);
        Assert.Same(root["a"], root["b"]!.Target);
        Assert.Equal("v", root["d"]!["k"]!.Text);
    }

    private static string Keys(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"key{i}: \"value of key{i}\" # note\n");

        return text.ToString();
    }

    private static List<string> Told(IParser parser) => [.. Events(parser, [])];

    private static List<string> Events(IParser parser, List<string> told)
    {
        while (parser.MoveNext())
            told.Add($"{parser.Current} {parser.Current!.Start} {parser.Current.End}");

        return told;
    }

    private sealed class EndlessParser : IParser
    {
        private int _parsed;

        public int Parsed => Volatile.Read(ref _parsed);

        public ParsingEvent? Current { get; private set; }

        public bool MoveNext()
        {
            Interlocked.Increment(ref _parsed);
            Current = new Comment("again", isInline: false);
            return true;
        }
    }
}
