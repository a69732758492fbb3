using System.Text.Json;
using ScalarRestore.Sandbox.Aws;
using ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>The parts beneath the services.</summary>
public sealed class StoreTests
{
    private static readonly KeySchema Keys = new("pk", AttributeType.S, null, AttributeType.S);

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.0", "0")]
    [InlineData("00120", "120")]
    [InlineData("1e3", "1000")]
    [InlineData("1.2E-3", "0.0012")]
    [InlineData("abc", null)]
    [InlineData("1.2.3", null)]
    [InlineData("", null)]
    public void Normalizes_numbers(string text, string? expected) => Assert.Equal(expected, DynamoNumber.Normalize(text));

    [Fact]
    public void Orders_and_adds_numbers()
    {
        string[] ascending = ["-1000", "-12.5", "-12", "-0.1", "-0.01", "0", "0.01", "0.1", "1", "9", "10", "12", "12.5", "1000"];
        for (var i = 1; i < ascending.Length; i++)
            Assert.True(DynamoNumber.Compare(ascending[i - 1], ascending[i]) < 0, ascending[i]);

        Assert.Equal("0.3", DynamoNumber.Add("0.1", "0.2", subtract: false));
        Assert.Equal("-9.9", DynamoNumber.Add("0.1", "10", subtract: true));
    }

    [Fact]
    public void Knows_every_version_since_history_began()
    {
        var store = new ItemStore();
        var t = DateTimeOffset.UnixEpoch;
        Set("a", "old", 1);
        Set("gone", "old", 1);
        store.StartHistory();
        Set("a", "new", 10);
        Set("gone", null, 10);
        Set("b", "new", 20);
        Assert.Equal(["a=old", "gone=old"], At(9));
        Assert.Equal(["a=new"], At(10));
        Assert.Equal(["a=new", "b=new"], At(20));
        Assert.Equal(2, store.Count);
        var digest = store.Digest();
        Set("b", "other", 30);
        Assert.NotEqual(digest, store.Digest());
        Set("b", "new", 31);
        Assert.Equal(digest, store.Digest());
        store.StopHistory();
        Assert.Equal(["a=new", "b=new"], At(9));

        void Set(string key, string? value, int second)
        {
            var attributes = new Dictionary<string,
                AttributeValue>(StringComparer.Ordinal) { ["pk"] = AttributeValue.String(key), ["v"] = AttributeValue.String(value ?? "") };
            store.Set(Keys.KeyOf(attributes, isKeyOnly: false), value is null ? null : new Item(attributes), t.AddSeconds(second));
        }

        IEnumerable<string> At(int second) =>
            store.AsOf(t.AddSeconds(second)).Select(i => $"{i.Value["pk"]!.Text}={i.Value["v"]!.Text}").Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("a = :one", true)]
    [InlineData("a <> :one", false)]
    [InlineData("NOT a = :one OR contains(s, :x)", true)]
    [InlineData("attribute_exists(m.inner) AND attribute_not_exists(missing)", true)]
    [InlineData("m.inner[1] = :one", true)]
    [InlineData("a IN (:x, :one)", true)]
    [InlineData("(a > :one) OR (a BETWEEN :one AND :one AND begins_with(s, :x))", true)]
    [InlineData("size(s) = :one", false)]
    [InlineData("missing < :one", false)]
    [InlineData("attribute_type(s, :x)", false)]
    public void Evaluates_conditions(string expression, bool expected)
    {
        using var item = JsonDocument.Parse("""{"a":{"N":"1"},"s":{"S":"xyz"},"m":{"M":{"inner":{"L":[{"S":"q"},{"N":"1.0"}]}}}}""");
        using var input = JsonDocument.Parse("""{"ExpressionAttributeValues":{":one":{"N":"1"},":x":{"S":"x"}}}""");
        var condition = Condition.Parse("FilterExpression", expression, new ExpressionNames(input.RootElement));
        Assert.Equal(expected, condition(new Item(ItemJson.Read(item.RootElement))));
    }

    [Fact]
    public void Spreads_keys_over_segments()
    {
        var segments = Enumerable.Range(0, 1000).Select(i => new ItemKey([(byte)i, (byte)(i >> 8)], []).Segment(10)).GroupBy(
            s => s).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(10, segments.Count);
        Assert.All(segments.Values, n => Assert.InRange(n, 50, 200));
    }

    [Fact]
    public void Draws_the_same_times_again_within_their_bounds()
    {
        var time = new ServiceTime { Median = 1500, Sigma = 0.35, Min = 1200, Max = 7200 };
        var drawn = Enumerable.Range(0, 500).Select(i => time.Draw(1, "restore", $"t{i}").TotalSeconds).ToArray();
        Assert.Equal(drawn, Enumerable.Range(0, 500).Select(i => time.Draw(1, "restore", $"t{i}").TotalSeconds));
        Assert.All(drawn, s => Assert.InRange(s, 1200, 7200));
        Assert.InRange(drawn.Order().ElementAt(250), 1350, 1650);
        Assert.True(drawn.Max() > 2500);
    }

    [Fact]
    public void A_slow_table_is_slow_each_time()
    {
        var time = new ServiceTime { Median = 1500, Sigma = 0.35, OfTable = 0.8 };
        var pairs = Enumerable.Range(0, 500).Select(i => (time.Draw(1, "restore", $"t{i}"), time.Draw(1, "restoreBackup", $"t{i}"))).ToArray();
        Assert.DoesNotContain(pairs, pair => pair.Item1 == pair.Item2);
        var slowest = pairs.OrderByDescending(pair => pair.Item1).Take(100).Average(pair => pair.Item2.TotalSeconds);
        Assert.True(slowest > 1.3 * pairs.Average(pair => pair.Item2.TotalSeconds));
    }

    [Fact]
    public void Computes_the_known_checksum() => Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));

    [Fact]
    public void Refills_a_bucket_with_time()
    {
        var bucket = new TokenBucket();
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => bucket.TryTake(5, now)));
        Assert.True(bucket.TryTake(5, now.AddSeconds(0.25)));
        Assert.False(bucket.TryTake(5, now.AddSeconds(0.25)));
    }
}
