using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values.Plans;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>What has to be changed in one Secret, or ConfigMap, that feeds placeholders. All other keys stay as they are.</summary>
/// <param name="Client">The cluster.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Edits">What feeds the variables, and what becomes of them.</param>
internal sealed record SecretChange(IKubernetesClient Client, string Namespace, IReadOnlyList<(VariableFeed Feed, VariableEdit Edit)> Edits)
{
    /// <summary>The object's name.</summary>
    public string Name => Edits[0].Feed.Secret ?? Edits[0].Feed.ConfigMap!;

    /// <summary>Namespace and name.</summary>
    public string Path => $"{Namespace}/{Name}";

    private bool IsSecret => Edits[0].Feed.Secret is not null;

    /// <summary>What it is, for messages.</summary>
    public string Kind => IsSecret ? "Secret" : "ConfigMap";

    /// <summary>The same in words.</summary>
    public IReadOnlyList<EndpointEdit> Places =>
        [.. Edits.Select(edit => new EndpointEdit { Key = edit.Feed.Key, Old = edit.Edit.Old, New = edit.Edit.New }).Distinct()];

    /// <summary>Changes it, unless somebody else did since it was read.</summary>
    /// <exception cref="RestoreException"><c>SecretChanged</c>, and the faults of the connection.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var resource = IsSecret ? KubeResource.Secrets : KubeResource.ConfigMaps;
        var found = await Client.GetAsync(resource, Namespace, Name, cancellationToken).ConfigureAwait(false);
        var data = new JsonObject();
        foreach (var group in Edits.GroupBy(edit => edit.Feed.Key, StringComparer.Ordinal))
        {
            var current = (string?)found["data"]?[group.Key] is { } value ? Decode(value) : null;
            if (current != group.First().Feed.Value)
                throw Changed(null);

            data[group.Key] = Encode(After(current ?? "", [.. group.Select(edit => edit.Edit)]));
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = (string?)found["metadata"]?["resourceVersion"] },
            ["data"] = data,
        };
        try
        {
            await Client.PatchAsync(resource, Namespace, Name, KubePatchType.Merge, patch, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Id == "ResourceConflict")
        {
            throw Changed(e);
        }
    }

    private static string After(string current, List<VariableEdit> edits) =>
        edits.FirstOrDefault(edit => edit.Part is null) is { } whole
            ? whole.Replacement
            : Engine.Values.TextEdits.Apply(current, edits.Select(edit => new Engine.Values.TextEdit(edit.Part!.Value.Start, edit.Part.Value.Length, edit.Replacement)).Distinct());

    private string Decode(string value) => IsSecret ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : value;

    private string Encode(string value) => IsSecret ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) : value;

    private RestoreException Changed(Exception? inner) => new(
        "SecretChanged",
        FaultCategory.ResourceBusy,
        $"{Kind} {Path} was changed by somebody else while its keys were looked at.",
        $"{Client.Server} {Path}",
        "Look at it, then run the command again. Nothing was changed in it.",
        inner);
}
