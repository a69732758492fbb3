using CsCheck;
using ScalarRestore.Engine.RestorePoints;

namespace ScalarRestore.Engine.Tests.RestorePoints;

public sealed class RestorePointTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_point_is_the_middle_on_a_whole_second()
    {
        var point = Compute((1.3, 11.9));

        Assert.Equal(Now.AddMinutes(-10).AddSeconds(6), point.RestoreTime);
        Assert.Empty(point.Warnings);
        Assert.Equal(TimeSpan.FromSeconds(594), point.Age);
    }

    [Fact]
    public void Several_windows_are_intersected()
    {
        var point = Compute((0, 20), (6, 30));

        Assert.Equal(Now.AddMinutes(-10).AddSeconds(13), point.RestoreTime);
        Assert.Equal(TimeSpan.FromSeconds(14), point.WindowLength);
    }

    [Theory]
    [InlineData(0.2, 0.9)]
    [InlineData(1, 2)]
    [InlineData(1, 1.999)]
    public void A_window_without_a_whole_second_inside_is_refused(double start, double end) =>
        Assert.Equal("PauseWindowTooShort", Assert.Throws<RestoreException>(() => Compute((start, end))).Id);

    [Fact]
    public void A_short_window_is_warned_about() => Assert.Contains("5 s long", Assert.Single(Compute((0, 5)).Warnings), StringComparison.Ordinal);

    [Fact]
    public void Windows_with_nothing_in_common_are_refused_and_named()
    {
        var fault = Assert.Throws<RestoreException>(() => Compute((0, 10), (10, 20)));

        Assert.Equal("PauseWindowsDisjoint", fault.Id);
        Assert.Contains("w1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("w0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reversed_window_is_refused() => Assert.Equal("PauseWindowReversed", Assert.Throws<RestoreException>(() => Compute((5, 5))).Id);

    [Fact]
    public void A_window_of_the_future_is_refused() => Assert.Equal("PauseWindowInFuture", Assert.Throws<RestoreException>(() => Compute((590, 601))).Id);

    [Fact]
    public void No_window_is_refused() => Assert.Equal("NoPauseWindow", Assert.Throws<RestoreException>(() => Compute()).Id);

    [Fact]
    public void The_point_is_always_a_whole_second_strictly_inside_every_window()
    {
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 60_000]).Array[1, 4].Sample(items =>
        {
            var windows = items.Select((item, index) => (item.Item1 / 1000.0, (item.Item1 + item.Item2) / 1000.0)).ToArray();
            try
            {
                var point = Compute(windows);
                Assert.Equal(0, point.RestoreTime.Ticks % TimeSpan.TicksPerSecond);
                Assert.All(windows, window => Assert.InRange((point.RestoreTime - Now.AddMinutes(-10)).TotalSeconds, window.Item1 + 0.0001, window.Item2 - 0.0001));
            }
            catch (RestoreException e)
            {
                // Refused only where no whole second lies strictly inside all of them.
                var start = windows.Max(window => window.Item1);
                var end = windows.Min(window => window.Item2);
                Assert.True(e.Id is "PauseWindowsDisjoint" or "PauseWindowTooShort", e.Id);
                Assert.True(Math.Floor(start) + 1 >= end, $"{start}..{end} was refused");
            }
        });
    }

    [Fact]
    public void The_json_of_scalar_admin_for_kubernetes_is_read_by_its_milliseconds()
    {
        var window = Assert.Single(PauseTextReader.Read(new PauseText(
            """{"pause_end_date_time":"2026-03-04T11:15:12.5","timezone":"Asia/Tokyo","namespace":"ns","helm_release_name":"ledger","pause_start_timestamp_ms":1772590502500,"pause_end_timestamp_ms":1772590512500,"pause_start_date_time":"2026-03-04T11:15:02.5"}""",
            "pause.json")));

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1772590502500), window.Start);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1772590512500), window.End);
        Assert.Equal("pause.json, release ledger", window.Source);
    }

    [Fact]
    public void A_pretty_printed_object_is_read_too()
    {
        var window = Assert.Single(PauseTextReader.Read(new PauseText(
            "{\n  \"pause_start_timestamp_ms\": 1772590502500,\n  \"pause_end_timestamp_ms\": 1772590512500\n}\n", "p")));

        Assert.Equal(10, (window.End - window.Start).TotalSeconds);
    }

    [Theory]
    [InlineData("Pause completed at 2026-03-04T02:15:02.500Z UTC (1772590502500)\nUnpause started at 2026-03-04T02:15:12.500Z UTC (1772590512500)\n")]
    [InlineData("2026-03-04 02:15:02,501 [INFO ] [com.scalar.admin] [main] Pause completed at 2026-03-04T02:15:02.5Z UTC (1772590502500)\r\nnoise\r\n2026-03-04 02:15:12 [INFO ] Unpause started at 2026-03-04T02:15:12.5Z UTC (1772590512500)")]
    public void The_lines_of_scalar_admin_are_read_plain_and_wrapped(string log)
    {
        var window = Assert.Single(PauseTextReader.Read(new PauseText(log, "log")));

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1772590502500), window.Start);
        Assert.Equal(10, (window.End - window.Start).TotalSeconds);
    }

    [Theory]
    [InlineData("", "No pause window")]
    [InlineData("Pause completed at 2026-03-04T02:15:02.500Z UTC (1772590502500)", "no unpause after it")]
    [InlineData("Unpause started at 2026-03-04T02:15:02.500Z UTC (1772590502500)", "no pause before it")]
    [InlineData("Pause completed at x UTC (1772590502)\n", "13 digits")]
    [InlineData("""{"pause_start_timestamp_ms":"soon","pause_end_timestamp_ms":1}""", "pause_start_timestamp_ms")]
    [InlineData("""{"pause_start_date_time":"2026-03-04T11:15:12.5"}""", "ambiguous")]
    [InlineData("""{"pause_start_timestamp_ms":1772590502500,""", "not JSON")]
    public void What_cannot_be_read_is_told_with_its_place_and_mend(string text, string expected)
    {
        var fault = Assert.Throws<RestoreException>(() => PauseTextReader.Read(new PauseText(text, "pause.log")));

        Assert.Equal("PauseTextUnreadable", fault.Id);
        Assert.Contains("pause.log, line ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message + fault.Mend, StringComparison.Ordinal);
    }

    private static RestorePoint Compute(params (double Start, double End)[] windows)
    {
        var zero = Now.AddMinutes(-10);
        return RestorePointCalculator.Compute(
            [.. windows.Select((window, index) => new PauseWindow(zero.AddSeconds(window.Start), zero.AddSeconds(window.End), $"w{index}"))], Now);
    }
}
