using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Admission;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Creates, replaces and deletes objects by the API server's rules. Called with the store's gate held.</summary>
internal sealed class ObjectWriter(ObjectStore store)
{
    private const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>Metadata that only the server writes.</summary>
    private static readonly string[] Kept =
        ["namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName"];

    public JsonObject Create(ResourceType type, string ns, JsonObject body, bool dryRun)
    {
        var item = Prepare(type, ns, body);
        var metadata = item.Metadata();
        if (!string.IsNullOrEmpty(metadata.TextAt("resourceVersion")))
        {
            throw ApiException.BadRequest("resourceVersion should not be set on objects to be created");
        }

        if (type.Namespaced)
        {
            CheckNamespace(type, ns, item.Name());
        }

        if (item.Name().Length == 0 && metadata.TextAt("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + store.NewSuffix();
        }

        foreach (var field in Kept.Append("managedFields").Append("selfLink").Where(field => field != "generateName"))
        {
            metadata.Remove(field);
        }

        if (type.Namespaced)
        {
            metadata["namespace"] = ns;
        }

        metadata["uid"] = store.NewUid();
        metadata["creationTimestamp"] = store.Clock.Now.Stamp();
        if (type.HasGeneration)
        {
            metadata["generation"] = 1;
        }

        if (type.HasStatus)
        {
            item.Remove("status");
        }

        Admit(type, item, before: null);
        if (store.Find(type, type.Namespaced ? ns : "", item.Name()) is not null)
        {
            throw ApiException.AlreadyExists(type, item.Name());
        }

        return dryRun ? item : store.Put(type, item);
    }

    /// <summary>Replaces an object.</summary>
    /// <param name="type">The resource.</param>
    /// <param name="before">What is stored.</param>
    /// <param name="body">The whole new object, by PUT or as a patch made it.</param>
    /// <param name="subresource"><c>status</c> changes the status only, everything else leaves it.</param>
    /// <param name="dryRun">Answer as usual, keep nothing.</param>
    public JsonObject Update(ResourceType type, JsonObject before, JsonObject body, string subresource, bool dryRun)
    {
        var item = Prepare(type, before.Namespace(), body);
        var name = item.Name();
        if (name.Length > 0 && name != before.Name())
        {
            throw ApiException.BadRequest($"the name of the object ({name}) does not match the name on the URL ({before.Name()})");
        }

        if (item.ResourceVersion() is { Length: > 0 } version && version != before.ResourceVersion())
        {
            throw ApiException.Modified(type, before.Name());
        }

        if (item.Uid() is { Length: > 0 } uid && uid != before.Uid())
        {
            throw ApiException.Conflict(type, before.Name(), $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Uid()}");
        }

        item = subresource == "status" ? WithStatus(before, item) : WithoutStatus(type, before, item);
        item.Metadata().Remove("managedFields");
        item.Metadata()["name"] = before.Name();
        foreach (var field in Kept)
        {
            if (before.At("metadata", field) is { } kept)
            {
                item.Metadata()[field] = kept.DeepClone();
            }
            else
            {
                item.Metadata().Remove(field);
            }
        }

        Admit(type, item, before);
        if (JsonPaths.Same(item, before))
        {
            return before;
        }

        if (type.HasGeneration && !JsonPaths.Same(item["spec"], before["spec"]))
        {
            item.Metadata()["generation"] = (before.NumberAt("metadata", "generation") ?? 0) + 1;
        }

        if (dryRun)
        {
            return item;
        }

        store.Put(type, item);
        RemoveIfDone(type, item);
        return item;
    }

    /// <summary>Deletes, or begins to: pods have their grace period, finalizers and dependents hold an object back.</summary>
    /// <returns>The object, and whether it is gone.</returns>
    public (JsonObject Item, bool Gone) Delete(ResourceType type, JsonObject item, DeleteOptions options)
    {
        if (options.Uid is not null && options.Uid != item.Uid())
        {
            throw ApiException.Conflict(type, item.Name(), $"Precondition failed: UID in precondition: {options.Uid}, UID in object meta: {item.Uid()}");
        }

        if (options.ResourceVersion is not null && options.ResourceVersion != item.ResourceVersion())
        {
            throw ApiException.Conflict(
                type,
                item.Name(),
                $"Precondition failed: ResourceVersion in precondition: {options.ResourceVersion}, ResourceVersion in object meta: {item.ResourceVersion()}");
        }

        if (options.DryRun)
        {
            return (item, true);
        }

        if (type.Key == BuiltInTypes.Namespaces.Key)
        {
            return (store.Edit(type, item, copy =>
            {
                MarkDeleted(copy, 0);
                copy.Ensure("status")["phase"] = "Terminating";
            })!, false);
        }

        // Jobs keep their pods unless told otherwise, for old clients' sake.
        var policy = options.Policy ?? (type.Key == BuiltInTypes.Jobs.Key ? "Orphan" : "Background");
        if (policy == "Orphan")
        {
            Orphan(item);
        }

        var grace = type.Key == BuiltInTypes.Pods.Key ? Grace(item, options) : 0;
        var held = item.HasFinalizers() || (policy == "Foreground" && Dependents(item.Uid()).Any());
        if (grace == 0 && !held)
        {
            if (type.Key == BuiltInTypes.Definitions.Key)
            {
                RemoveCustomObjects(item);
            }

            store.Remove(type, item);
            return (item, true);
        }

        var kept = store.Edit(type, item, copy =>
        {
            MarkDeleted(copy, grace);
            if (policy == "Foreground" && held && !copy.TextsAt("metadata", "finalizers").Contains(ForegroundFinalizer, StringComparer.Ordinal))
            {
                var finalizers = copy.At("metadata", "finalizers") as JsonArray ?? [];
                finalizers.Add(ForegroundFinalizer);
                copy.Metadata()["finalizers"] = finalizers;
            }
        })!;
        return (kept, false);
    }

    /// <summary>Removes an object that was only waiting for its finalizers.</summary>
    public void RemoveIfDone(ResourceType type, JsonObject item)
    {
        var waitsForPod = type.Key == BuiltInTypes.Pods.Key && item.NumberAt("metadata", "deletionGracePeriodSeconds") > 0;
        if (item.IsTerminating() && !item.HasFinalizers() && !waitsForPod && type.Key != BuiltInTypes.Namespaces.Key)
        {
            store.Remove(type, item);
        }
    }

    private void Admit(ResourceType type, JsonObject item, JsonObject? before)
    {
        FieldTypes.Check(type, item);
        Defaults.Apply(store, type, item, before);
        Rules.Check(type, item, before);
    }

    private static JsonObject Prepare(ResourceType type, string ns, JsonObject body)
    {
        if (body.TextAt("kind") is { } kind && kind != type.Kind)
        {
            throw ApiException.BadRequest($"{kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}");
        }

        if (body.TextAt("apiVersion") is { } apiVersion && apiVersion != type.ApiVersion)
        {
            throw ApiException.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({type.ApiVersion})");
        }

        if (type.Namespaced && body.TextAt("metadata", "namespace") is { Length: > 0 } given && given != ns)
        {
            throw ApiException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        var item = new JsonObject { ["apiVersion"] = type.ApiVersion, ["kind"] = type.Kind, ["metadata"] = new JsonObject() };
        foreach (var (key, value) in body)
        {
            if (value is not null)
            {
                item[key] = type.IsCustom ? value.DeepClone() : WithoutNulls(value);
            }
        }

        return item["metadata"] is JsonObject ? item : throw ApiException.BadRequest("metadata must be an object");
    }

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map
            .Where(entry => entry.Value is not null)
            .Select(entry => KeyValuePair.Create(entry.Key, WithoutNulls(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject WithStatus(JsonObject before, JsonObject item)
    {
        var result = before.Copy();
        result["status"] = item["status"]?.DeepClone();
        return result;
    }

    private static JsonObject WithoutStatus(ResourceType type, JsonObject before, JsonObject item)
    {
        if (!type.HasStatus)
        {
            return item;
        }

        item.Remove("status");
        if (before["status"] is { } status)
        {
            item["status"] = status.DeepClone();
        }

        return item;
    }

    private static int Grace(JsonObject pod, DeleteOptions options)
    {
        var ended = pod.TextAt("status", "phase") is "Succeeded" or "Failed" || pod.TextAt("spec", "nodeName") is null;
        var grace = ended ? 0 : options.GraceSeconds ?? pod.NumberAt("spec", "terminationGracePeriodSeconds") ?? 30;
        return pod.NumberAt("metadata", "deletionGracePeriodSeconds") is { } present ? Math.Min(present, grace) : grace;
    }

    private void MarkDeleted(JsonObject item, int grace)
    {
        // A second deletion may only shorten the grace period; the pod has been stopping since the first.
        var since = item.TimeAt("metadata", "deletionTimestamp") is { } until
            ? until.AddSeconds(-(item.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0))
            : store.Clock.Now;
        item.Metadata()["deletionTimestamp"] = since.AddSeconds(grace).Stamp();
        item.Metadata()["deletionGracePeriodSeconds"] = grace;
    }

    private void CheckNamespace(ResourceType type, string ns, string name)
    {
        var found = store.Find(BuiltInTypes.Namespaces, "", ns) ?? throw ApiException.NotFound(BuiltInTypes.Namespaces, ns);
        if (found.IsTerminating())
        {
            throw ApiException.Forbidden(
                type,
                name,
                $"{type.Qualified} \"{name}\" is forbidden: unable to create new content in namespace {ns} because it is being terminated");
        }
    }

    private IEnumerable<(ResourceType Type, JsonObject Item)> Dependents(string uid) => store.All()
        .Where(entry => entry.Item.ItemsAt("metadata", "ownerReferences").Any(owner => owner.TextAt("uid") == uid))
        .Select(entry => (Type: store.Catalog.FindKey(entry.Key), entry.Item))
        .Where(entry => entry.Type is not null)
        .Select(entry => (entry.Type!, entry.Item))
        .ToList();

    private void RemoveCustomObjects(JsonObject definition)
    {
        var key = (definition.TextAt("spec", "group") ?? "", definition.TextAt("spec", "names", "plural") ?? "");
        if (store.Catalog.FindKey(key) is { } type)
        {
            foreach (var item in store.List(type).ToList())
            {
                store.Remove(type, item);
            }
        }
    }

    private void Orphan(JsonObject owner)
    {
        foreach (var (type, item) in Dependents(owner.Uid()))
        {
            store.Edit(type, item, copy => copy.Metadata()["ownerReferences"] =
                new JsonArray([.. copy.ItemsAt("metadata", "ownerReferences")
                    .Where(link => link.TextAt("uid") != owner.Uid())
                    .Select(link => link.DeepClone())]));
        }
    }
}
