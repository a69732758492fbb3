using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>The links between a controller's object and the objects it made.</summary>
internal static class Ownership
{
    public static JsonArray LinkTo(JsonObject owner) => new(new JsonObject
    {
        ["apiVersion"] = owner.TextAt("apiVersion"),
        ["kind"] = owner.TextAt("kind"),
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });

    /// <summary>The objects of a resource by the uid of their controller; those without one under the empty text.</summary>
    public static ILookup<string, JsonObject> ByController(ObjectStore store, ResourceType type) =>
        store.List(type).ToLookup(item => item.Controller() ?? "", StringComparer.Ordinal);

    /// <summary>
    /// What an owner has, taking in objects without a controller that its selector matches, as happens after a deletion
    /// that left the dependents.
    /// </summary>
    public static IReadOnlyList<JsonObject> Of(JsonObject owner, ObjectStore store, ResourceType type, ILookup<string, JsonObject> all)
    {
        var owned = all[owner.Uid()].ToList();
        if (owner.IsTerminating() || !all.Contains("") || LabelSelector.From(owner.MapAt("spec", "selector")) is not { IsEmpty: false } selector)
        {
            return owned;
        }

        foreach (var orphan in all[""].Where(item => item.Namespace() == owner.Namespace() && !item.IsTerminating() && selector.Matches(item)))
        {
            if (store.Edit(type, orphan, copy => copy.Metadata()["ownerReferences"] = LinkTo(owner)) is { } adopted)
            {
                owned.Add(adopted);
            }
        }

        return owned;
    }
}
