using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Keeps one ReplicaSet per template and moves the replicas to the newest, by the Deployment's strategy.</summary>
internal sealed class DeploymentController(ObjectStore store, EventRecorder events) : IController
{
    private const string Revision = "deployment.kubernetes.io/revision";
    private const string HashLabel = "pod-template-hash";
    private const string Component = "deployment-controller";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public DateTimeOffset? Step(DateTimeOffset now)
    {
        var sets = Ownership.ByController(store, BuiltInTypes.ReplicaSets);
        DateTimeOffset? wake = null;
        foreach (var deployment in store.List(BuiltInTypes.Deployments).ToList())
        {
            if (!deployment.IsTerminating() && Reconcile(deployment, Ownership.Of(deployment, store, BuiltInTypes.ReplicaSets, sets), now) is { } deadline)
            {
                wake = wake is null || deadline < wake ? deadline : wake;
            }
        }

        return wake;
    }

    private static int Wanted(JsonObject item) => item.NumberAt("spec", "replicas") ?? 0;

    private static int Number(JsonObject set) =>
        int.TryParse(set.Annotation(Revision), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static JsonNode TemplateOf(JsonObject set)
    {
        var template = set.At("spec", "template")!.DeepClone();
        template.MapAt("metadata", "labels")?.Remove(HashLabel);
        return template;
    }

    private static string Hash(JsonNode template)
    {
        const string Letters = "bcdfghjklmnpqrstvwxz2456789";
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(template.ToJsonString()));
        return string.Concat(digest.Take(10).Select(value => Letters[value % Letters.Length]));
    }

    /// <summary>Brings one Deployment a step further.</summary>
    /// <returns>When the progress deadline passes.</returns>
    private DateTimeOffset? Reconcile(JsonObject deployment, IReadOnlyList<JsonObject> owned, DateTimeOffset now)
    {
        var sets = owned.Where(set => !set.IsTerminating()).OrderBy(Number).ToList();
        var template = deployment.At("spec", "template")!;
        var newest = sets.LastOrDefault(set => JsonPaths.Same(TemplateOf(set), template));
        var paused = deployment.FlagAt("spec", "paused");
        if (newest is null && !paused)
        {
            newest = Create(deployment, template, sets);
            sets.Add(newest);
        }
        else if (newest is not null && !paused && newest != sets[^1])
        {
            // A return to an earlier template makes that set the newest revision.
            newest = SetRevision(newest, Number(sets[^1]) + 1);
        }

        if (newest is not null)
        {
            var old = sets.Where(set => set.Uid() != newest.Uid()).ToList();
            if (deployment.TextAt("spec", "strategy", "type") == "Recreate")
            {
                Recreate(deployment, newest, old);
            }
            else if (!paused || old.All(set => Wanted(set) == 0))
            {
                Roll(deployment, newest, old);
            }

            Prune(deployment, old);
        }

        return WriteStatus(deployment, newest, sets, now);
    }

    private JsonObject Create(JsonObject deployment, JsonNode template, List<JsonObject> sets)
    {
        var hash = Hash(template);
        while (store.Find(BuiltInTypes.ReplicaSets, deployment.Namespace(), $"{deployment.Name()}-{hash}") is not null)
        {
            hash = store.NewSuffix(10);
        }

        var selector = deployment.MapAt("spec", "selector")!.Copy();
        selector.Ensure("matchLabels")[HashLabel] = hash;
        var copy = (JsonObject)template.DeepClone();
        copy.Ensure("metadata").Ensure("labels")[HashLabel] = hash;
        var annotations = deployment.MapAt("metadata", "annotations")?.Copy() ?? [];
        annotations.Remove(LastApplied);
        annotations[Revision] = ((sets.Count == 0 ? 0 : Number(sets[^1])) + 1).ToString(CultureInfo.InvariantCulture);
        return store.Put(BuiltInTypes.ReplicaSets, new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name()}-{hash}",
                ["namespace"] = deployment.Namespace(),
                ["uid"] = store.NewUid(),
                ["creationTimestamp"] = store.Clock.Now.Stamp(),
                ["generation"] = 1,
                ["labels"] = copy.MapAt("metadata", "labels")!.Copy(),
                ["annotations"] = annotations,
                ["ownerReferences"] = Ownership.LinkTo(deployment),
            },
            ["spec"] = new JsonObject { ["replicas"] = 0, ["selector"] = selector, ["template"] = copy },
            ["status"] = new JsonObject { ["replicas"] = 0 },
        });
    }

    private JsonObject SetRevision(JsonObject set, int revision) => store.Edit(
        BuiltInTypes.ReplicaSets,
        set,
        copy => copy.Metadata().Ensure("annotations")[Revision] = revision.ToString(CultureInfo.InvariantCulture)) ?? set;

    private void Scale(JsonObject deployment, JsonObject set, int replicas)
    {
        var before = Wanted(set);
        if (before == replicas)
        {
            return;
        }

        store.Edit(BuiltInTypes.ReplicaSets, set, copy => copy.Ensure("spec")["replicas"] = replicas);
        events.Normal(
            deployment,
            Component,
            "ScalingReplicaSet",
            $"Scaled {(replicas > before ? "up" : "down")} replica set {set.Name()} to {replicas}{(before == 0 ? "" : $" from {before}")}");
    }

    private void Recreate(JsonObject deployment, JsonObject newest, List<JsonObject> old)
    {
        foreach (var set in old)
        {
            Scale(deployment, set, 0);
        }

        // The new pods may start only when every old one is gone, terminating ones included.
        var uids = old.Select(set => set.Uid()).ToHashSet(StringComparer.Ordinal);
        if (!store.List(BuiltInTypes.Pods, deployment.Namespace()).Any(pod => uids.Contains(pod.Controller() ?? "")))
        {
            Scale(deployment, newest, Wanted(deployment));
        }
    }

    private void Roll(JsonObject deployment, JsonObject newest, List<JsonObject> old)
    {
        var wanted = Wanted(deployment);
        var surge = deployment.At("spec", "strategy", "rollingUpdate", "maxSurge").Share(wanted, roundUp: true);
        var unavailable = MaxUnavailable(deployment);
        var total = Wanted(newest) + old.Sum(Wanted);
        var now = Wanted(newest);
        if (now > wanted)
        {
            Scale(deployment, newest, wanted);
        }
        else if (now < wanted)
        {
            Scale(deployment, newest, now + Math.Clamp(wanted + surge - total, 0, wanted - now));
        }

        now = Wanted(store.Find(BuiltInTypes.ReplicaSets, newest.Namespace(), newest.Name()) ?? newest);
        total = now + old.Sum(Wanted);
        var newUnavailable = now - Math.Min(now, newest.NumberAt("status", "availableReplicas") ?? 0);
        var mayGo = total - (wanted - unavailable) - newUnavailable;
        foreach (var set in old)
        {
            // Replicas that do not work go first and at no cost; then working ones as far as enough others work.
            var available = Math.Min(Wanted(set), set.NumberAt("status", "availableReplicas") ?? 0);
            var broken = Math.Clamp(Wanted(set) - available, 0, Math.Max(0, mayGo));
            mayGo -= broken;
            var working = Math.Clamp(available, 0, Math.Max(0, mayGo));
            mayGo -= working;
            Scale(deployment, set, Wanted(set) - broken - working);
        }
    }

    private static int MaxUnavailable(JsonObject deployment)
    {
        if (deployment.TextAt("spec", "strategy", "type") == "Recreate")
        {
            return 0;
        }

        var rolling = deployment.At("spec", "strategy", "rollingUpdate");
        var share = rolling.At("maxUnavailable").Share(Wanted(deployment), roundUp: false);
        return share == 0 && rolling.At("maxSurge").Share(Wanted(deployment), roundUp: true) == 0 ? 1 : share;
    }

    private void Prune(JsonObject deployment, List<JsonObject> old)
    {
        var idle = old.Where(set => Wanted(set) == 0 && (set.NumberAt("status", "replicas") ?? 0) == 0).ToList();
        foreach (var set in idle.Take(Math.Max(0, idle.Count - (deployment.NumberAt("spec", "revisionHistoryLimit") ?? 10))))
        {
            store.Remove(BuiltInTypes.ReplicaSets, set);
        }
    }

    private DateTimeOffset? WriteStatus(JsonObject deployment, JsonObject? newest, List<JsonObject> sets, DateTimeOffset now)
    {
        int Sum(string field) => sets.Sum(set => set.NumberAt("status", field) ?? 0);
        var wanted = Wanted(deployment);
        var (replicas, ready, available) = (Sum("replicas"), Sum("readyReplicas"), Sum("availableReplicas"));
        var updated = newest.NumberAt("status", "replicas") ?? 0;
        var missing = Math.Max(0, sets.Sum(Wanted) - available);
        DateTimeOffset? deadline = null;
        store.Edit(BuiltInTypes.Deployments, deployment, copy =>
        {
            if (newest is not null)
            {
                copy.Metadata().Ensure("annotations")[Revision] = Number(newest).ToString(CultureInfo.InvariantCulture);
            }

            var status = new JsonObject { ["observedGeneration"] = deployment.NumberAt("metadata", "generation") };
            foreach (var (name, count) in new[]
            {
                ("replicas", replicas),
                ("updatedReplicas", updated),
                ("readyReplicas", ready),
                ("availableReplicas", available),
                ("unavailableReplicas", missing),
            })
            {
                if (count > 0)
                {
                    status[name] = count;
                }
            }

            status["conditions"] = copy.At("status", "conditions")?.DeepClone() ?? new JsonArray();
            var enough = available >= wanted - MaxUnavailable(deployment);
            status.SetCondition(
                "Available",
                enough,
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                now,
                updateTime: true);
            deadline = SetProgress(status, copy, newest, updated == wanted && replicas == wanted && available == wanted, now);
            copy["status"] = status;
        });
        return deadline;
    }

    private static DateTimeOffset? SetProgress(JsonObject status, JsonObject copy, JsonObject? newest, bool complete, DateTimeOffset now)
    {
        if (newest is null)
        {
            return null;
        }

        if (complete)
        {
            var finished = $"ReplicaSet \"{newest.Name()}\" has successfully progressed.";
            status.SetCondition("Progressing", true, "NewReplicaSetAvailable", finished, now, updateTime: true);
            return null;
        }

        // Progress is any change of the counts; without one the deadline passes.
        var known = status.ItemsAt("conditions").FirstOrDefault(condition => condition.TextAt("type") == "Progressing");
        var moved = new[] { "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "observedGeneration" }
            .Any(field => !JsonPaths.Same(status[field], copy.At("status", field)));
        var limit = TimeSpan.FromSeconds(copy.NumberAt("spec", "progressDeadlineSeconds") ?? 600);
        var message = $"ReplicaSet \"{newest.Name()}\" is progressing.";
        var isSameSet = (known.TextAt("message") ?? "").Contains($"\"{newest.Name()}\"", StringComparison.Ordinal);
        if (known.TextAt("reason") == "NewReplicaSetAvailable" && isSameSet)
        {
            // Once rolled out, a template stays so: a later scaling or a failing pod is no new roll-out.
            return null;
        }

        if (moved || known is null || known.TextAt("reason") == "NewReplicaSetAvailable")
        {
            // Written anew, so that the time of the last progress moves.
            known?.Remove("reason");
            status.SetCondition("Progressing", true, "ReplicaSetUpdated", message, now, updateTime: true);
            return now + limit;
        }

        var since = known.TimeAt("lastUpdateTime") ?? now;
        if (known.TextAt("status") == "True" && now >= since + limit)
        {
            var late = $"ReplicaSet \"{newest.Name()}\" has timed out progressing.";
            status.SetCondition("Progressing", false, "ProgressDeadlineExceeded", late, now, updateTime: true);
            return null;
        }

        return known.TextAt("status") == "True" ? since + limit : null;
    }
}
