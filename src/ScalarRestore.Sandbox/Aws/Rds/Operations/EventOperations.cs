using System.Globalization;
using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>DescribeEvents.</summary>
internal static class EventOperations
{
    public static IEnumerable<XElement?> Describe(RdsCall call)
    {
        var (region, form, now) = call;
        var type = form.Text("SourceType");
        var id = form.Text("SourceIdentifier")?.ToLowerInvariant();
        if (id is not null && type is null)
            throw RdsErrors.Combination("SourceIdentifier requires SourceType to be specified.");

        var until = form.Time("EndTime") ?? now;
        var from = form.Time("StartTime") ?? until.AddMinutes(-(form.Number("Duration") ?? 60));
        var categories = form.List("EventCategories", "EventCategory") ?? [];
        var events = region.Events.Select((e, i) => (Event: e, Place: i)).Where(e =>
            e.Event.At >= from && e.Event.At <= until
            && (type is null || e.Event.SourceType == type) && (id is null || e.Event.SourceId == id)
            && (categories.Count == 0 || categories.Contains(e.Event.Category, StringComparer.Ordinal)));
        return Paging.Page(
            call, "Events", events, e => string.Create(CultureInfo.InvariantCulture, $"{e.Event.At.UtcTicks:D20}/{e.Place:D10}"),
            e => RdsXml.Element(
                "Event",
                RdsXml.Text("SourceIdentifier", e.Event.SourceId),
                RdsXml.Text("SourceType", e.Event.SourceType),
                RdsXml.Text("Message", e.Event.Message),
                RdsXml.List("EventCategories", "EventCategory", [e.Event.Category]),
                RdsXml.Time("Date", e.Event.At),
                RdsXml.Text("SourceArn", e.Event.SourceArn)));
    }
}
