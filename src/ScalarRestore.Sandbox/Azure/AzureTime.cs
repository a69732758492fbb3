using System.Globalization;

namespace ScalarRestore.Sandbox.Azure;

/// <summary>Instants as the services write and read them.</summary>
internal static class AzureTime
{
    /// <summary>Whole seconds, as Cosmos DB's restore parameters.</summary>
    public static string Seconds(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Seven decimals and Z, as Cosmos DB's feeds.</summary>
    public static string Fine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <summary>Seven decimals and an offset, as the flexible servers' earliest restore date (domain/azure.md, section 2).</summary>
    public static string Offset(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);

    /// <summary>The instant; null where the text is not year, month, day and time. One without an offset is UTC.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text is { Length: > 18 } && text[4] == '-' && text[10] is 'T' or ' '
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var at)
            ? at
            : null;
    }
}
