using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>A field selector such as <c>metadata.name=x,status.phase!=Running</c>.</summary>
internal sealed class FieldSelector
{
    private static readonly string[] Common = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<string, string[]> Extra = new(StringComparer.Ordinal)
    {
        ["pods"] = ["status.phase", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.podIP"],
        ["events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "type", "source", "reportingComponent",
        ],
        ["secrets"] = ["type"],
        ["namespaces"] = ["status.phase"],
        ["nodes"] = ["spec.unschedulable"],
        ["jobs"] = ["status.successful"],
        ["replicasets"] = ["status.replicas"],
    };

    private readonly IReadOnlyList<(string[] Path, string Value, bool Equal)> _terms;

    private FieldSelector(IReadOnlyList<(string[] Path, string Value, bool Equal)> terms) => _terms = terms;

    /// <summary>The name that must match, where the selector asks for one.</summary>
    public string? Name => _terms.FirstOrDefault(term => term.Equal && term.Path is ["metadata", "name"]).Value;

    /// <summary>Reads a selector.</summary>
    /// <exception cref="FormatException">A field that this resource cannot be selected by, or no selector at all.</exception>
    public static FieldSelector Parse(string? text, ResourceType type)
    {
        List<(string[], string, bool)> terms = [];
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new FormatException($"invalid selector: '{part}'; can't understand '{part}'");
            }

            var equal = part[at - 1] != '!';
            var field = (equal ? part[..at] : part[..(at - 1)]).Trim();
            var value = part[(at + 1)..].TrimStart('=').Trim();
            if (!Common.Contains(field, StringComparer.Ordinal)
                && !(Extra.TryGetValue(type.Plural, out var fields) && fields.Contains(field, StringComparer.Ordinal)))
            {
                throw new FormatException($"field label not supported: {field}");
            }

            terms.Add((field.Split('.'), value, equal));
        }

        return new FieldSelector(terms);
    }

    public bool Matches(JsonObject item) => _terms.All(term => item.At(term.Path).Shown() == term.Value == term.Equal);
}
