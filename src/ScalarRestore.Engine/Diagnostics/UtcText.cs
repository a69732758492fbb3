using System.Globalization;

namespace ScalarRestore.Engine.Diagnostics;

/// <summary>Times in words for people: always UTC, and always saying so.</summary>
internal static class UtcText
{
    /// <summary>To the second, for example <c>2026-11-26 01:02:03Z</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
