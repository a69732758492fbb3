using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Answers lists page by page. A marker holds the key of the last one told, so that what comes and goes meanwhile does no harm.
/// </summary>
internal static class Paging
{
    public static IEnumerable<XElement?> Page<T>(
        RdsCall call, string name, IEnumerable<T> items, Func<T, string> key, Func<T, XElement> describe)
    {
        var asked = call.Form.Number("MaxRecords") ?? 100;
        if (asked is < 20 or > 100)
            throw RdsErrors.Value(
                string.Create(CultureInfo.InvariantCulture, $"Invalid value {asked} for MaxRecords. Must be between 20 and 100"));

        var size = Math.Clamp(call.Region.Settings.PageSize, 1, asked);
        var after = call.Form.Text("Marker") is { Length: > 0 } marker ? Read(marker) : null;
        var page = items.Where(i => after is null || string.CompareOrdinal(key(i), after) > 0)
            .OrderBy(key, StringComparer.Ordinal).Take(size + 1).ToArray();
        return
        [
            page.Length > size ? RdsXml.Text("Marker", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key(page[size - 1])))) : null,
            RdsXml.List(name, page.Take(size).Select(describe)),
        ];
    }

    private static string Read(string marker)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(marker));
        }
        catch (FormatException)
        {
            throw RdsErrors.Value("Invalid marker provided. The marker is not from an earlier call.");
        }
    }
}
