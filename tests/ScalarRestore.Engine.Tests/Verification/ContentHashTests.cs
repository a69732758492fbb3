using System.Globalization;
using Amazon.DynamoDBv2.Model;
using CsCheck;
using ScalarRestore.Engine.Verification;

namespace ScalarRestore.Engine.Tests.Verification;

public sealed class ContentHashTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char.AlphaNumeric, 0, 4];

    private static readonly Gen<AttributeValue> Leaf = Gen.OneOf(
        Text.Select(s => new AttributeValue { S = s }),
        Gen.Int[-20, 20].Select(n => new AttributeValue { N = n.ToString(CultureInfo.InvariantCulture) }),
        Gen.Byte.Array[0, 3].Select(b => new AttributeValue { B = new MemoryStream(b) }),
        Gen.Bool.Select(b => new AttributeValue { BOOL = b }),
        Gen.Const(new AttributeValue { NULL = true }),
        Text.HashSet[1, 3].Select(s => new AttributeValue { SS = [.. s] }),
        Gen.Int[0, 9].HashSet[1, 3].Select(s => new AttributeValue { NS = [.. s.Select(n => n.ToString(CultureInfo.InvariantCulture))] }));

    private static readonly Gen<AttributeValue> Value = Gen.Recursive<AttributeValue>((depth, self) => depth == 3
        ? Leaf
        : Gen.Frequency(
            (4, Leaf),
            (1, self.List[0, 3].Select(l => new AttributeValue { L = l, IsLSet = true })),
            (1, Gen.Dictionary(Text, self)[0, 3].Select(m => new AttributeValue { M = m, IsMSet = true }))));

    private static readonly Gen<Dictionary<string, AttributeValue>> Item = Gen.Dictionary(Text, Value)[0, 4];

    [Fact]
    public void The_hash_does_not_depend_on_the_order_of_items_or_on_the_segments()
    {
        (from items in Item.List[0, 12] from shuffled in Gen.Shuffle(items.ToArray()) from cut in Gen.Int[0, items.Count] select (items, shuffled, cut)).Sample(t =>
        {
            var parts = new ContentDigest();
            parts.Merge(Digest(t.shuffled.Skip(t.cut)));
            parts.Merge(Digest(t.shuffled.Take(t.cut)));
            var whole = Digest(t.items);
            Assert.Equal(whole.ToHex(), parts.ToHex());
            Assert.Equal(t.items.Count, parts.Count);
        });
    }

    [Fact]
    public void The_hash_does_not_depend_on_the_order_of_attributes() =>
        (from item in Item from pairs in Gen.Shuffle(item.ToArray()) select (item, pairs)).Sample(t =>
            Assert.Equal(Hex(t.item), Hex(new Dictionary<string, AttributeValue>(t.pairs, StringComparer.Ordinal))));

    [Fact]
    public void Items_are_encoded_alike_exactly_when_they_are_alike() =>
        Gen.Select(Item, Item).Sample((a, b) => Assert.Equal(Shown(a) == Shown(b), Hex(a) == Hex(b)));

    [Fact]
    public void An_item_that_occurs_twice_counts_twice()
    {
        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["a"] = new() { S = "x" } };
        Assert.NotEqual(Digest([item]).ToHex(), Digest([item, item]).ToHex());
        Assert.NotEqual(Digest([]).ToHex(), Digest([item, item]).ToHex());
    }

    [Fact]
    public void Losing_or_changing_any_one_item_changes_the_hash() =>
        (from items in Item.List[1, 8] from i in Gen.Int[0, items.Count - 1] select (items, i)).Sample(t =>
            Assert.NotEqual(Digest(t.items).ToHex(), Digest(t.items.Where((_, n) => n != t.i)).ToHex()));

    [Fact]
    public void The_sum_carries_over_all_four_words()
    {
        var digest = new ContentDigest();
        var expected = System.Numerics.BigInteger.Zero;
        for (var i = 0; i < 2000; i++)
        {
            var bytes = BitConverter.GetBytes(i);
            digest.Add(bytes);
            expected += new System.Numerics.BigInteger(System.Security.Cryptography.SHA256.HashData(bytes), isUnsigned: true);
        }

        expected %= System.Numerics.BigInteger.Pow(2, 256);
        Assert.Equal(expected, System.Numerics.BigInteger.Parse("0" + digest.ToHex(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "01")]
    [InlineData("100", "1E2")]
    [InlineData("0.01", "1e-2")]
    [InlineData("0", "-0")]
    [InlineData("0", "0.000")]
    [InlineData("-12.50", "-1.25E+1")]
    [InlineData("12345678901234567890123456789012345678", "1.2345678901234567890123456789012345678e37")]
    public void One_number_has_one_form(string a, string b) => Assert.Equal(CanonicalNumber.Of(a), CanonicalNumber.Of(b));

    [Theory]
    [InlineData("1", "-1")]
    [InlineData("1", "10")]
    [InlineData("0.1", "0.01")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345679")]
    public void Different_numbers_have_different_forms(string a, string b) => Assert.NotEqual(CanonicalNumber.Of(a), CanonicalNumber.Of(b));

    private static ContentDigest Digest(IEnumerable<Dictionary<string, AttributeValue>> items)
    {
        var (digest, encoder) = (new ContentDigest(), new ItemEncoder());
        foreach (var item in items)
            digest.Add(encoder.Encode(item));
        return digest;
    }

    private static string Hex(Dictionary<string, AttributeValue> item) => Convert.ToHexString(new ItemEncoder().Encode(item));

    // A second, quite different way to write an item down.
    private static string Shown(Dictionary<string, AttributeValue> item) =>
        "{" + string.Join(",", item.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"<{p.Key}>={Shown(p.Value)}")) + "}";

    private static string Shown(AttributeValue v) => v switch
    {
        { S: not null } => $"S<{v.S}>",
        { N: not null } => $"N<{v.N}>",
        { B: not null } => $"B<{Convert.ToHexString(v.B.ToArray())}>",
        { BOOL: not null } => $"BOOL<{v.BOOL}>",
        { NULL: true } => "NULL",
        { IsMSet: true } => "M" + Shown(v.M),
        { IsLSet: true } => "L[" + string.Join(",", v.L.Select(Shown)) + "]",
        { IsSSSet: true } => "SS[" + string.Join(",", v.SS.Order(StringComparer.Ordinal).Select(s => $"<{s}>")) + "]",
        _ => "NS[" + string.Join(",", v.NS.Order(StringComparer.Ordinal)) + "]",
    };
}
