using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Writes Events; the same one again only raises its count, and not more than once in a while.</summary>
internal sealed class EventRecorder(ObjectStore store)
{
    private const int Many = 5000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Uid, string Reason, string Message), (JsonObject Item, DateTimeOffset At)> _last = [];
    private long _sequence;

    public void Normal(JsonObject about, string component, string reason, string message) => Record(about, component, "Normal", reason, message);

    public void Warning(JsonObject about, string component, string reason, string message) => Record(about, component, "Warning", reason, message);

    private void Record(JsonObject about, string component, string type, string reason, string message)
    {
        var key = (about.Uid(), reason, message);
        var now = store.Clock.Now.Stamp();
        if (_last.TryGetValue(key, out var known))
        {
            // Counting wakes the controllers, which would report again at once.
            if (store.Clock.Now < known.At + Quiet)
            {
                return;
            }

            if (store.Edit(BuiltInTypes.Events, known.Item, Again) is { } counted)
            {
                _last[key] = (counted, store.Clock.Now);
                return;
            }
        }

        var ns = about.Namespace().Length > 0 ? about.Namespace() : "default";
        if (store.Find(BuiltInTypes.Namespaces, "", ns) is not { } home || home.IsTerminating())
        {
            return;
        }

        var made = store.Put(BuiltInTypes.Events, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject
            {
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"{about.Name()}.{++_sequence:x16}"),
                ["namespace"] = ns,
                ["uid"] = store.NewUid(),
                ["creationTimestamp"] = now,
            },
            ["involvedObject"] = new JsonObject
            {
                ["apiVersion"] = about.TextAt("apiVersion"),
                ["kind"] = about.TextAt("kind"),
                ["name"] = about.Name(),
                ["namespace"] = about.Namespace(),
                ["uid"] = about.Uid(),
                ["resourceVersion"] = about.ResourceVersion(),
            },
            ["reason"] = reason,
            ["message"] = message,
            ["type"] = type,
            ["count"] = 1,
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["source"] = new JsonObject { ["component"] = component },
            ["reportingComponent"] = component,
            ["reportingInstance"] = "",
        });
        _last[key] = (made, store.Clock.Now);
        Prune();

        void Again(JsonObject copy)
        {
            copy["count"] = (copy.NumberAt("count") ?? 0) + 1;
            copy["lastTimestamp"] = now;
        }
    }

    /// <summary>Events are kept for an hour, as in a real cluster; looked at only when there are many.</summary>
    private void Prune()
    {
        if (_last.Count < Many)
        {
            return;
        }

        foreach (var (key, (item, at)) in _last.ToList())
        {
            if (store.Clock.Now - at > Kept)
            {
                store.Remove(BuiltInTypes.Events, item);
                _last.Remove(key);
            }
        }
    }
}
