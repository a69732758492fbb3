using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Gives each namespace what every namespace has, and empties those that are being deleted.</summary>
internal sealed class NamespaceController(ObjectStore store, ObjectWriter writer, string authority) : IController
{
    public DateTimeOffset? Step(DateTimeOffset now)
    {
        foreach (var ns in store.List(BuiltInTypes.Namespaces).ToList())
        {
            if (ns.IsTerminating())
            {
                Empty(ns);
            }
            else
            {
                Furnish(ns.Name());
            }
        }

        return null;
    }

    public void Furnish(string ns)
    {
        if (store.Find(BuiltInTypes.ServiceAccounts, ns, "default") is null)
        {
            writer.Create(BuiltInTypes.ServiceAccounts, ns, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } }, dryRun: false);
        }

        if (store.Find(BuiltInTypes.ConfigMaps, ns, "kube-root-ca.crt") is null)
        {
            var map = new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = "kube-root-ca.crt" },
                ["data"] = new JsonObject { ["ca.crt"] = authority },
            };
            writer.Create(BuiltInTypes.ConfigMaps, ns, map, dryRun: false);
        }
    }

    private void Empty(JsonObject ns)
    {
        var inside = store.All().Where(entry => entry.Item.Namespace() == ns.Name()).ToList();
        foreach (var (key, item) in inside.Where(entry => !entry.Item.IsTerminating()))
        {
            if (store.Catalog.FindKey(key) is { } type)
            {
                writer.Delete(type, item, new DeleteOptions("Background"));
            }
        }

        if (inside.Count == 0)
        {
            store.Remove(BuiltInTypes.Namespaces, ns);
        }
    }
}
