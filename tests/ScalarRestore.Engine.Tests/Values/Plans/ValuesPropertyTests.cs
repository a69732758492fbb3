using System.Globalization;
using System.Text;
using CsCheck;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Plans;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Tests.Values.Plans;

/// <summary>Random values files in all styles: whatever they look like, only the endpoint changes, and doing it twice is doing it once.</summary>
public sealed class ValuesPropertyTests
{
    private static readonly IReadOnlyList<EndpointMove> Moves = EndpointMove.Read(
    [
        new EndpointChange { Old = "old-db.cluster-c1.eu-west-1.rds.amazonaws.com", New = "restored-db.cluster-c1.eu-west-1.rds.amazonaws.com:4406" },
    ]);

    private static readonly string[] Words =
    [
        "plain", "two words", "it's", "say \"hi\"", "a: b", "x # y", "# no comment", "", " leading", "trailing ", "tab\there", "5", "true", "null", "é – ü", "emoji 🎉 x",
        "line one\nline two", "line one\n\n  indented\nline two\n", "ends\n\n", "- dash", "{flow", "[flow", "*alias", "&anchor", "!tag", "%percent", "@at", "`tick", "back\\slash",
    ];

    [Fact]
    public void Only_the_endpoint_changes() => Gen.Int.Sample(Check, iter: 3000);

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var text = Document(random);
        var document = ValuesDocument.Read(new ValuesSource("values.yaml", text, IsProperties: false));
        var before = Leaves(document.Root!);
        var plan = ValuesPlanner.Plan([document], new ValuesContext { Moves = Moves });
        ValuesCheck.RequireAll(plan, Moves);

        var source = plan.Sources[0];
        Assert.NotEmpty(source.Edits);
        Assert.NotEmpty(source.Places);

        // Everything outside of what was replaced is there to the letter, and what was replaced is a host or a port.
        var rest = new StringBuilder();
        var at = 0;
        foreach (var edit in source.Edits)
        {
            rest.Append(text, at, edit.Start - at).Append(edit.Replacement);
            at = edit.Start + edit.Length;
            Assert.True(edit.Length < 200, edit.ToString());
            Assert.Matches("^(restored-db.cluster-c1.eu-west-1.rds.amazonaws.com(:4406)?|4406)$", edit.Replacement);
        }

        Assert.Equal(source.AfterText, rest.Append(text, at, text.Length - at).ToString());

        // Read again, one value differs, and in that only the endpoint.
        var after = ValuesDocument.Read(document.Source with { Text = source.AfterText });
        var leaves = Leaves(after.Root!);
        Assert.Equal(before.Select(leaf => leaf.Key), leaves.Select(leaf => leaf.Key));
        var changed = before.Zip(leaves).Where(pair => pair.First.Text != pair.Second.Text).ToList();
        Assert.All(changed, pair => Assert.Equal(Expected(pair.First.Text!), pair.Second.Text));
        Assert.Single(changed.Select(pair => pair.First.Text).Distinct(StringComparer.Ordinal));

        // Twice is once.
        var again = ValuesPlanner.Plan([after], new ValuesContext { Moves = Moves });
        ValuesCheck.RequireAll(again, Moves);
        Assert.Empty(again.Sources[0].Edits);
        Assert.Same(after, again.Sources[0].After);
    }

    private static string Expected(string text) => string.Join('\n', text.Split('\n').Select(line =>
        line.TrimStart().StartsWith('#') || line.TrimStart().StartsWith('!') || line.Contains("ledger.host", StringComparison.Ordinal)
            ? line
            : line.Replace("OLD-DB.cluster-c1", "old-db.cluster-c1", StringComparison.Ordinal)
                .Replace("old-db.cluster-c1.eu-west-1.rds.amazonaws.com:3306", "restored-db.cluster-c1.eu-west-1.rds.amazonaws.com:4406", StringComparison.Ordinal)
                .Replace("old-db.cluster-c1.eu-west-1.rds.amazonaws.com", "restored-db.cluster-c1.eu-west-1.rds.amazonaws.com:4406", StringComparison.Ordinal)));

    private static string Document(Random random)
    {
        var (root, block, old) = random.Next(4) switch
        {
            0 => ("scalardb", "databaseProperties", "storageConfiguration/contactPoints"),
            1 => ("ledger", "ledgerProperties", "scalarLedgerConfiguration/dbContactPoints"),
            2 => ("auditor", "auditorProperties", "scalarAuditorConfiguration/dbContactPoints"),
            _ => ("schemaLoading", "databaseProperties", "contactPoints"),
        };
        var isBlock = random.Next(3) > 0;
        var url = Url(random);
        var text = isBlock ? Properties(random, url) : url;
        var anchored = random.Next(5) == 0;
        var yaml = new StringBuilder();
        Comment(yaml, 0, random);
        Filler(yaml, 0, random, "a");
        if (anchored)
            yaml.Append("x-common: &shared").Append(YamlWriter.Scalar(text, random.Next(6), 0, random));

        yaml.Append(root).Append(":\n");
        Filler(yaml, 2, random, "b");
        var path = isBlock ? [block] : old.Split('/');
        var indent = 2;
        foreach (var part in path[..^1])
        {
            yaml.Append(' ', indent).Append(part).Append(":\n");
            indent += 2;
            Filler(yaml, indent, random, "c");
        }

        yaml.Append(' ', indent).Append(path[^1]).Append(':');
        yaml.Append(anchored ? " *shared\n" : YamlWriter.Scalar(text, random.Next(6), indent, random));
        Filler(yaml, indent, random, "d");
        Comment(yaml, 0, random);
        Filler(yaml, 0, random, "e");
        if (random.Next(6) == 0)
            yaml.Append("---\nledger: {ledgerProperties: 'scalar.db.contact_points=jdbc:mysql://old-db.cluster-c1.eu-west-1.rds.amazonaws.com/'}\n");

        var written = yaml.ToString();
        written = random.Next(3) == 0 ? written.Replace("\n", "\r\n", StringComparison.Ordinal) : written;
        return random.Next(5) == 0 && !written.EndsWith("\n\n", StringComparison.Ordinal) && !written.EndsWith("\n\r\n", StringComparison.Ordinal) ? written.TrimEnd('\r', '\n') + (isBlock ? "\n" : "") : written;
    }

    private static string Url(Random random) => random.Next(6) switch
    {
        0 => "jdbc:mysql://old-db.cluster-c1.eu-west-1.rds.amazonaws.com:3306/",
        1 => "jdbc:postgresql://old-db.cluster-c1.eu-west-1.rds.amazonaws.com/app?ssl=true",
        2 => "jdbc:mysql://OLD-DB.cluster-c1.eu-west-1.rds.amazonaws.com:3306/app",
        3 => "jdbc:oracle:thin:@//old-db.cluster-c1.eu-west-1.rds.amazonaws.com/SERVICE",
        4 => "jdbc:sqlserver://old-db.cluster-c1.eu-west-1.rds.amazonaws.com;encrypt=true",
        _ => "jdbc:mysql://old-db.cluster-c1.eu-west-1.rds.amazonaws.com/",
    };

    private static string Properties(Random random, string url)
    {
        var lines = new List<string>
        {
            "scalar.db.storage=jdbc",
            "scalar.dl.auditor.ledger.host=old-db.cluster-c1.eu-west-1.rds.amazonaws.com",
            "# scalar.db.contact_points=jdbc:mysql://old-db.cluster-c1.eu-west-1.rds.amazonaws.com/",
            "scalar.db.username=admin",
            "scalar.db.password=canary-pw",
            "! another comment",
            "key\\ with\\ blanks : value",
            "unicode=\\u00e9",
        };
        var separator = random.Next(4) switch { 0 => " = ", 1 => ": ", 2 => " ", _ => "=" };
        lines.Add($"scalar.db.contact_points{separator}{url}");
        if (random.Next(3) == 0)
            lines.Add("");

        if (random.Next(3) == 0)
            lines.Add("continued=one \\\n    two");

        var text = string.Join('\n', lines.OrderBy(_ => random.Next()));
        text = text.StartsWith('\n') ? "first=1" + text : text;
        return text + new string('\n', random.Next(3));
    }

    private static void Filler(StringBuilder yaml, int indent, Random random, string name)
    {
        for (var i = 0; i < random.Next(4); i++)
        {
            Comment(yaml, indent, random);
            var word = Words[random.Next(Words.Length)];
            yaml.Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{name}{i}:");
            _ = random.Next(5) switch
            {
                0 => yaml.Append(" {a: 1, b: [x, 'y'], \"c\": {d: e}}\n"),
                1 => yaml.Append('\n'),
                2 => yaml.Append('\n').Append(' ', indent + 2).Append("- one\n").Append(' ', indent + 2).Append("- two: 2\n").Append(' ', indent + 4).Append("three: \"3\"\n"),
                _ => yaml.Append(YamlWriter.Scalar(word, random.Next(6), indent, random)),
            };
        }
    }

    private static void Comment(StringBuilder yaml, int indent, Random random)
    {
        if (random.Next(4) == 0)
            yaml.Append(' ', indent).Append("# jdbc:mysql://old-db.cluster-c1.eu-west-1.rds.amazonaws.com/ – é 🎉\n");
    }

    private static List<(string Key, string? Text)> Leaves(YamlItem item, string path = "")
    {
        if (item.Map is not null)
            return [.. item.Map.SelectMany(pair => Leaves(pair.Value, $"{path}/{pair.Key}"))];

        return item.List is not null
            ? [.. item.List.SelectMany((child, i) => Leaves(child, $"{path}/{i}"))]
            : [(path, item.Text)];
    }
}
