using System.Globalization;
using System.Text.RegularExpressions;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>Reads moments, and only such that mean one moment wherever they are read.</summary>
internal static partial class OffsetTime
{
    // Epoch milliseconds from 2001-09-09 to 2286-11-20: thirteen digits. Ten digits would be seconds.
    private const long LeastMilliseconds = 1_000_000_000_000;
    private const long MostMilliseconds = 9_999_999_999_999;

    /// <summary>Reads an ISO 8601 time with <c>Z</c> or an offset, or epoch milliseconds.</summary>
    /// <exception cref="FormatException">The text means no moment, or several; the message shows how to write it.</exception>
    public static DateTimeOffset Parse(string text)
    {
        string trimmed = text.Trim();
        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return FromNumber(number);
        if (WithoutOffset().IsMatch(trimmed))
            throw NoOffset(trimmed);
        if (WithOffset().IsMatch(trimmed)
            && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time))
            return time;
        throw new FormatException(
            $"'{text}' is not a time that can be read without guessing. Write it as '2026-03-04T02:15:07Z', as '2026-03-04T11:15:07+09:00', "
            + "or as epoch milliseconds.");
    }

    /// <summary>Reads epoch milliseconds.</summary>
    public static DateTimeOffset FromNumber(long number)
    {
        if (number is < LeastMilliseconds or > MostMilliseconds)
        {
            throw new FormatException(
                $"{number.ToString(CultureInfo.InvariantCulture)} is not a time in epoch milliseconds, which have 13 digits. "
                + "Seconds are not taken: write '2026-03-04T02:15:07Z', or multiply by 1000.");
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(number);
    }

    /// <summary>Reads a <see cref="DateTime"/>, which must know whether it is UTC or local.</summary>
    public static DateTimeOffset FromDateTime(DateTime time) => time.Kind switch
    {
        DateTimeKind.Utc => new DateTimeOffset(time, TimeSpan.Zero),
        DateTimeKind.Local => new DateTimeOffset(time),
        _ => throw NoOffset(time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
    };

    private static FormatException NoOffset(string text)
    {
        string offset = TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UtcNow) is { Ticks: not 0 } local
            ? (local < TimeSpan.Zero ? "-" : "+") + local.ToString(@"hh\:mm", CultureInfo.InvariantCulture)
            : "+09:00";
        return new FormatException(
            $"'{text}' names no time zone, and a restore to the wrong hour cannot be told from a right one. "
            + $"Write '{text}Z' if it is UTC, or add the offset, as in '{text}{offset}'.");
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithoutOffset();

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)? ?([Zz]|[+-]\d{2}:?\d{2})$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithOffset();
}
