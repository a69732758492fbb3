using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>The pods on the node, by uid, and how each workload's pods are told to behave. Guarded by the store's gate.</summary>
internal sealed class PodRegister(ObjectStore store)
{
    private readonly SortedDictionary<string, PodRun> _runs = new(StringComparer.Ordinal);
    private readonly List<(string Namespace, string Prefix, PodBehaviour Behaviour)> _rules = [];

    public PodRun? Find(string uid) => _runs.GetValueOrDefault(uid);

    public void Add(string uid, PodRun run) => _runs[uid] = run;

    public void Remove(string uid) => _runs.Remove(uid);

    /// <summary>Completes nothing by itself: the next step of the kubelet reads it.</summary>
    public void Set(string ns, string prefix, PodBehaviour behaviour)
    {
        _rules.RemoveAll(rule => rule.Namespace == ns && rule.Prefix == prefix);
        if (behaviour != PodBehaviour.Normal)
        {
            _rules.Add((ns, prefix, behaviour));
        }
    }

    /// <summary>The behaviour of a pod, by the longest prefix of its name that something was said about.</summary>
    public PodBehaviour BehaviourOf(string ns, string name)
    {
        var found = _rules.Where(rule => rule.Namespace == ns && name.StartsWith(rule.Prefix, StringComparison.Ordinal)).ToList();
        return found.Count == 0 ? PodBehaviour.Normal : found.MaxBy(rule => rule.Prefix.Length).Behaviour;
    }

    public int CountRunning(string ns, IReadOnlyDictionary<string, string> labels) => _runs.Values.Count(run =>
        run.At == PodRun.Stage.Running
        && run.Namespace == ns
        && labels.All(label => run.Labels.GetValueOrDefault(label.Key) == label.Value));

    /// <summary>Forgets pods whose object is gone, but for those that do not stop: they run on, unseen by the API.</summary>
    public void Forget()
    {
        var gone = _runs
            .Where(entry => store.FindUid(entry.Key) is null)
            .Where(entry => entry.Value.At != PodRun.Stage.Running || BehaviourOf(entry.Value.Namespace, entry.Value.Name) != PodBehaviour.NeverTerminate)
            .Select(entry => entry.Key)
            .ToList();
        gone.ForEach(Remove);
    }

    public JsonObject ToJson() => new(_runs.Values
        .OrderBy(run => run.Namespace, StringComparer.Ordinal)
        .ThenBy(run => run.Name, StringComparer.Ordinal)
        .Select(run => KeyValuePair.Create($"{run.Namespace}/{run.Name}", (JsonNode?)run.ToJson())));
}
