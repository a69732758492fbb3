namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>
/// What a product makes of <c>contact_points</c>. Every comma splits the value, and a JDBC URL or an account URI is its first part; from
/// ScalarDB 3.13 on, <c>\,</c> is a comma of the part, and every other backslash is dropped.
/// </summary>
internal static class ContactPointList
{
    private static readonly Version EscapesSince = new(3, 13);

    /// <summary>The first part, as the product uses it.</summary>
    /// <param name="value">The property's value.</param>
    /// <param name="product">The product's version; null where it is not known: then <c>\,</c> tells, which no older version can use.</param>
    public static MappedText First(string value, Version? product)
    {
        var escapes = product is null ? value.Contains(@"\,", StringComparison.Ordinal) : product >= EscapesSince;
        var end = 0;
        while (end < value.Length && (value[end] != ',' || (escapes && end > 0 && value[end - 1] == '\\')))
            end++;

        var start = 0;
        while (start < end && char.IsWhiteSpace(value[start]))
            start++;

        while (end > start && char.IsWhiteSpace(value[end - 1]))
            end--;

        var builder = new MappedText.Builder();
        for (var at = start; at < end; at++)
        {
            if (!escapes || value[at] != '\\')
                builder.Copy(value, at, 1);
        }

        return builder.Build(end);
    }
}
