using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Verification;

namespace ScalarRestore.Engine.Tests.Verification;

public sealed class RowTimesTests
{
    [Theory]
    [InlineData("tx_committed_at")]
    [InlineData("tx_prepared_at")]
    [InlineData("tx_created_at")]
    public void The_newest_time_of_any_of_the_three_columns_counts(string column)
    {
        var times = new RowTimes();
        times.Add(Row(("tx_committed_at", 1000), ("tx_prepared_at", 1000), (column, 2000)));
        times.Add(Row(("tx_committed_at", 1500)));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(2000), times.Newest);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    public void Rows_between_the_phases_are_counted(int state, long unfinished)
    {
        var times = new RowTimes();
        times.Add(Row(("tx_state", state), ("tx_version", 1)));
        Assert.Equal(unfinished, times.Unfinished);
    }

    [Fact]
    public void A_coordinators_state_is_no_rows_state()
    {
        var times = new RowTimes();
        times.Add(Row(("tx_state", 1), ("tx_created_at", 5)));
        Assert.Equal(0, times.Unfinished);
    }

    [Fact]
    public void Columns_of_the_user_are_left_alone()
    {
        var times = new RowTimes();
        times.Add(new(StringComparer.Ordinal) { ["tx_committed_at"] = new AttributeValue { N = "9999999999999" } });
        times.Add(new(StringComparer.Ordinal) { ["tx_id"] = new AttributeValue { S = "x" }, ["tx_committed_at"] = new AttributeValue { S = "soon" } });
        times.Add(new(StringComparer.Ordinal) { ["tx_id"] = new AttributeValue { S = "x" }, ["tx_committed_at"] = new AttributeValue { N = "99999999999999999999999" } });
        Assert.Null(times.Newest);
    }

    [Fact]
    public void What_segments_saw_is_merged()
    {
        var (a, b) = (new RowTimes(), new RowTimes());
        a.Add(Row(("tx_committed_at", 7), ("tx_state", 1), ("tx_version", 1)));
        b.Add(Row(("tx_committed_at", 9), ("tx_state", 2), ("tx_version", 1)));
        a.Merge(b);
        a.Merge(new RowTimes());
        Assert.Equal((9, 2), (a.NewestMilliseconds, a.Unfinished));
    }

    private static Dictionary<string, AttributeValue> Row(params (string Column, long Value)[] columns)
    {
        var row = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["tx_id"] = new() { S = "t" } };
        foreach (var (column, value) in columns)
            row[column] = new AttributeValue { N = value.ToString(CultureInfo.InvariantCulture) };
        return row;
    }
}
