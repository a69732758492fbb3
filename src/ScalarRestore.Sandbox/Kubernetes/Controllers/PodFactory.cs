using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Makes pods from a template.</summary>
internal sealed class PodFactory(ObjectStore store, ObjectWriter writer, EventRecorder events)
{
    /// <summary>Makes a pod that belongs to an owner.</summary>
    /// <returns>Null where the pod is refused; an event on the owner says why.</returns>
    public JsonObject? Create(JsonObject owner, string prefix, string component)
    {
        var template = owner.MapAt("spec", "template")!;
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["generateName"] = prefix,
                ["labels"] = template.At("metadata", "labels")?.DeepClone(),
                ["annotations"] = template.At("metadata", "annotations")?.DeepClone(),
                ["ownerReferences"] = Ownership.LinkTo(owner),
            },
            ["spec"] = template["spec"]?.DeepClone(),
        };
        var account = template.TextAt("spec", "serviceAccountName") ?? "default";
        try
        {
            if (store.Find(BuiltInTypes.ServiceAccounts, owner.Namespace(), account) is null)
            {
                throw ApiException.Forbidden(
                    BuiltInTypes.Pods,
                    prefix,
                    $"pods \"{prefix}\" is forbidden: error looking up service account {owner.Namespace()}/{account}: "
                    + $"serviceaccount \"{account}\" not found");
            }

            return writer.Create(BuiltInTypes.Pods, owner.Namespace(), pod, dryRun: false);
        }
        catch (ApiException e)
        {
            events.Warning(owner, component, "FailedCreate", $"Error creating: {e.Message}");
            return null;
        }
    }
}
