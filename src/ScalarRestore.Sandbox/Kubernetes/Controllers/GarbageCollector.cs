using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Deletes what has lost its last owner, and lets owners go that waited for their dependents.</summary>
internal sealed class GarbageCollector(ObjectStore store, ObjectWriter writer) : IController
{
    private const string Foreground = "foregroundDeletion";

    public DateTimeOffset? Step(DateTimeOffset now)
    {
        HashSet<string> awaited = new(StringComparer.Ordinal);
        List<(ResourceType Type, JsonObject Item, bool Foreground)> doomed = [];
        List<(ResourceType Type, JsonObject Item)> waiting = [];
        foreach (var (key, item) in store.All())
        {
            // A definition may have been changed to no longer serve what is stored.
            if (store.Catalog.FindKey(key) is not { } type)
            {
                continue;
            }

            if (IsHeldByForeground(item))
            {
                waiting.Add((type, item));
            }

            var owners = item.ItemsAt("metadata", "ownerReferences").Select(owner => owner.TextAt("uid") ?? "").ToList();
            if (owners.Count == 0)
            {
                continue;
            }

            awaited.UnionWith(owners);
            var present = owners.Select(store.FindUid).Where(owner => owner is not null).Select(owner => owner!.Value.Item).ToList();
            var foreground = present.Count > 0 && present.TrueForAll(IsHeldByForeground);
            if (!item.IsTerminating() && (present.Count == 0 || foreground))
            {
                doomed.Add((type, item, foreground));
            }
        }

        foreach (var (kind, item, foreground) in doomed)
        {
            writer.Delete(kind, item, new DeleteOptions(foreground ? "Foreground" : "Background"));
        }

        foreach (var (kind, item) in waiting.Where(entry => !awaited.Contains(entry.Item.Uid())))
        {
            var released = store.Edit(kind, item, copy => copy.Metadata()["finalizers"] =
                new JsonArray([.. copy.TextsAt("metadata", "finalizers").Where(name => name != Foreground).Select(name => (JsonNode)name)]));
            if (released is not null)
            {
                writer.RemoveIfDone(kind, released);
            }
        }

        return null;
    }

    private static bool IsHeldByForeground(JsonObject item) =>
        item.IsTerminating() && item.TextsAt("metadata", "finalizers").Contains(Foreground, StringComparer.Ordinal);
}
