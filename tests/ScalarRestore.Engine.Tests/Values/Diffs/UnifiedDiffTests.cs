using System.Globalization;
using System.Text;
using CsCheck;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Diffs;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Plans;

namespace ScalarRestore.Engine.Tests.Values.Diffs;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_change_is_shown_with_three_lines_around_it()
    {
        var text = string.Concat(Enumerable.Range(1, 9).Select(i => $"line {i}\n"));
        Assert.Equal(
            """
            --- a/values.yaml
            +++ b/values.yaml
            @@ -2,7 +2,7 @@
             line 2
             line 3
             line 4
            -line 5
            +LINE 5
             line 6
             line 7
             line 8

            """.ReplaceLineEndings("\n"),
            Write("values.yaml", text, [new TextEdit(text.IndexOf("line 5", StringComparison.Ordinal), 4, "LINE")], [], []));
    }

    [Fact]
    public void Ends_without_a_line_break_and_returns_are_told_apart()
    {
        var diff = Write("v", "a\r\nb", [new TextEdit(3, 1, "c")], [], []);
        Assert.Equal("--- a/v\n+++ b/v\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n", diff);
        Assert.Equal("", Write("v", "a\n", [], [], []));
    }

    [Fact]
    public void Secrets_are_masked_where_they_stay_go_and_come()
    {
        const string text = "a: 1\npassword: canary-one\nhost: old\nkey: |\n  canary-two\n  canary-three\nz: 1\n";
        TextSpan Of(string word) => new(text.IndexOf(word, StringComparison.Ordinal), word.Length);
        var edit = new TextEdit(Of("canary-one").Start, "canary-one".Length, "canary-new", IsSecret: true);
        var diff = Write(
            "v", text, [edit, new TextEdit(Of("old").Start, 3, "new")], [Of("canary-one"), Of("canary-two\n  canary-three")], [Of("canary-one"), Of("canary-two\n  canary-three")]);
        Assert.DoesNotContain("canary", diff, StringComparison.Ordinal);
        Assert.Contains("-password: ***\n", diff, StringComparison.Ordinal);
        Assert.Contains("+password: ***\n", diff, StringComparison.Ordinal);
        Assert.Contains("-host: old\n", diff, StringComparison.Ordinal);
        Assert.Contains("+host: new\n", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_terminal_would_obey_is_shown()
    {
        var diff = Write("v", "a\u001b[2J\u202eb: old\n", [new TextEdit("a\u001b[2J\u202eb: ".Length, 3, "new")], [], []);
        Assert.DoesNotContain(diff, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', diff);
    }

    [Fact]
    public void Very_long_lines_are_cut_to_what_is_around_the_change()
    {
        var text = $"{new string('x', 100_000)}//old{new string('y', 100_000)}\n";
        var diff = Write("v", text, [new TextEdit(100_002, 3, "new")], [], []);
        Assert.True(diff.Length < 2000, $"{diff.Length}");
        Assert.Contains("//old", diff, StringComparison.Ordinal);
        Assert.Contains("//new", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_applied_and_gives_the_edited_text() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(i => $"{new string((char)('a' + random.Next(26)), random.Next(1, 6))}{i}\n"));
            text = random.Next(3) == 0 ? text[..^1] : text;
            var edits = new List<TextEdit>();
            for (var at = random.Next(8); at + 3 < text.Length; at += 4 + random.Next(60))
            {
                var length = Math.Max(1, text.AsSpan(at, 3).IndexOf('\n'));
                if (text[at] != '\n')
                    edits.Add(new TextEdit(at, length, new string('#', random.Next(1, 5))));
            }

            if (edits.Count > 0)
                Assert.Equal(TextEdits.Apply(text, edits), Apply(text, Write("v", text, edits, [], [])));
        },
        iter: 2000);

    [Theory]
    [InlineData("ledger:\n  ledgerProperties: |\n    scalar.db.password=canary\n    scalar.db.contact_points=jdbc:mysql://old/\n")]
    [InlineData("ledger:\n  ledgerProperties: |\n    scalar.db.password=can\\\n      ary\\\n      canary\n    scalar.db.contact_points=jdbc:mysql://old/\n")]
    [InlineData("ledger:\n  ledgerProperties: |\n    scalar.db.contact_points=jdbc:mysql://root:canary@old/?password=canary&x=1\n")]
    [InlineData("ledger:\n  ledgerProperties: |\n    scalar.db.contact_points=jdbc:oracle:thin:scott/canary@//old/S\n")]
    [InlineData("ledger:\n  ledgerProperties: |\n    # scalar.db.password=canary\n    ! old: token = canary\n    scalar.db.contact_points=jdbc:mysql://old/\n")]
    [InlineData("ledger:\n  tls:\n    privateKey: |\n      -----BEGIN\n      canary\n  ledgerProperties: |\n    scalar.db.contact_points=jdbc:mysql://old/\n")]
    [InlineData("ledger:\n  dbPassword: 'can''ary\n    canary'\n  ledgerProperties: |\n    scalar.db.contact_points=jdbc:mysql://old/\n")]
    [InlineData("ledger:\n  env:\n  - name: DB_PASSWORD\n    value: canary\n  ledgerProperties: |\n    scalar.db.contact_points=jdbc:mysql://old/\n")]
    [InlineData("ledger:\n  ledgerProperties: \"scalar.db.password=canary\\nscalar.db.contact_points=jdbc:mysql://old/\\nx.api_key=canary\"\n")]
    [InlineData("{\"ledger\": {\"accessKey\": \"canary\", \"ledgerProperties\": \"scalar.db.contact_points=jdbc:mysql://old/\"}}\n")]
    [InlineData("# password: canary\nledger: {token: canary, ledgerProperties: 'scalar.db.contact_points=jdbc:mysql://old/'}\n")]
    public void What_is_called_a_secret_is_never_shown(string text)
    {
        var moves = EndpointMove.Read([new EndpointChange { Old = "old", New = "new" }]);
        var plan = ValuesPlanner.Plan([ValuesDocument.Read(new ValuesSource("v", text, IsProperties: false))], new ValuesContext { Moves = moves }).Sources[0];
        var diff = SourceDiff.Of(plan, "v")!;
        Assert.Contains("new", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("ary", diff, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scalar.db.password")]
    [InlineData("scalar.db.unknown")]
    public void A_secret_that_is_replaced_is_masked_once(string key)
    {
        var text = $"ledger:\n  ledgerProperties: |\n    {key}=canary\n";
        var edit = new TextEdit(text.IndexOf("canary", StringComparison.Ordinal), 6, "new-canary", IsSecret: true);
        var diff = SourceDiff.Of(new SourcePlan(ValuesDocument.Read(new ValuesSource("v", text, IsProperties: false)), [edit], []), "v")!;

        Assert.Contains($"+    {key}=***\n", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("new-canary", diff, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scalar.db.password", true)]
    [InlineData("dbPassword", true)]
    [InlineData("accountKey", true)]
    [InlineData("scalar.db.cluster.node.licensing.license_key", true)]
    [InlineData("secretName", false)]
    [InlineData("existingSecret", false)]
    [InlineData("ledgerPrivateKeySecretKey", false)]
    [InlineData("imagePullSecrets", false)]
    [InlineData("scalar.db.contact_points", false)]
    [InlineData("replicaCount", false)]
    public void Secrets_are_known_by_their_names(string name, bool isSecret) => Assert.Equal(isSecret, SecretSpans.IsSecret(name));

    private static string Write(string name, string text, IReadOnlyList<TextEdit> edits, IReadOnlyList<TextSpan> secretsBefore, IReadOnlyList<TextSpan> secretsAfter) =>
        UnifiedDiff.Write(name, text, TextEdits.Apply(text, edits), edits, secretsBefore, secretsAfter);

    private static string Apply(string text, string diff)
    {
        var old = text.Split('\n');
        var result = new StringBuilder();
        var at = 0;
        var lines = diff.Split('\n');
        for (var i = 2; i < lines.Length - 1; i++)
        {
            if (lines[i].StartsWith("@@", StringComparison.Ordinal))
            {
                var parts = lines[i].Split(' ');
                var start = int.Parse(parts[1].Split(',')[0][1..], CultureInfo.InvariantCulture) - 1;
                for (; at < start; at++)
                    result.Append(old[at]).Append('\n');

                var body = lines.Skip(i + 1).TakeWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)).Where(line => line.Length > 0).ToList();
                Assert.Equal(int.Parse(parts[1].Split(',')[1], CultureInfo.InvariantCulture), body.Count(line => line[0] is ' ' or '-'));
                Assert.Equal(int.Parse(parts[2].Split(',')[1], CultureInfo.InvariantCulture), body.Count(line => line[0] is ' ' or '+'));
                continue;
            }

            switch (lines[i][0])
            {
                case ' ':
                    Assert.Equal(old[at++], lines[i][1..]);
                    result.Append(lines[i][1..]).Append('\n');
                    break;
                case '-':
                    Assert.Equal(old[at++], lines[i][1..]);
                    break;
                case '+':
                    result.Append(lines[i][1..]).Append('\n');
                    break;
                case '\\' when lines[i - 1][0] is not '-':
                    result.Length--;
                    break;
            }
        }

        for (; at < old.Length; at++)
            result.Append(old[at]).Append(at + 1 < old.Length ? "\n" : "");

        return result.ToString();
    }
}
