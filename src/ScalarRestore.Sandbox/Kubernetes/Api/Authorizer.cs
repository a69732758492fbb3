using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>
/// Who may do what. The administrator may all, the read-only user may read; everybody else (service account tokens,
/// impersonated users) has what the roles in the store say.
/// </summary>
internal sealed class Authorizer(ObjectStore store)
{
    private static readonly string[] ReadVerbs = ["get", "list", "watch"];

    /// <summary>Lets a user pass or refuses.</summary>
    /// <exception cref="ApiException">403.</exception>
    public void Demand(User user, string verb, ResourceType type, RequestTarget target)
    {
        if (Allows(user, verb, type.Group, type.Plural, target.Subresource, target.Namespace, target.Name))
        {
            return;
        }

        var resource = target.Subresource.Length == 0 ? type.Plural : $"{type.Plural}/{target.Subresource}";
        var head = target.HasName ? $"{type.Qualified} \"{target.Name}\"" : type.Qualified;
        var where = target.Namespace.Length == 0 || !type.Namespaced ? "at the cluster scope" : $"in the namespace \"{target.Namespace}\"";
        throw ApiException.Forbidden(
            type,
            target.Name,
            $"{head} is forbidden: User \"{user.Name}\" cannot {verb} resource \"{resource}\" in API group \"{type.Group}\" {where}");
    }

    public bool Allows(User user, string verb, string group, string plural, string subresource, string ns, string name)
    {
        if (user.IsAdmin || (verb == "create" && plural.StartsWith("selfsubject", StringComparison.Ordinal)))
        {
            return true;
        }

        if (user == User.ReadOnly)
        {
            return ReadVerbs.Contains(verb, StringComparer.Ordinal);
        }

        var resource = subresource.Length == 0 ? plural : $"{plural}/{subresource}";
        return RulesOf(user, ns).Any(rule =>
            Has(rule, "verbs", verb) && Has(rule, "apiGroups", group) && Has(rule, "resources", resource)
            && (!rule.TextsAt("resourceNames").Any() || rule.TextsAt("resourceNames").Contains(name, StringComparer.Ordinal)));
    }

    /// <summary>The rules a user has in a namespace, for <c>auth can-i --list</c>.</summary>
    public IEnumerable<JsonObject> RulesOf(User user, string ns)
    {
        if (user.IsAdmin)
        {
            return [Rule(["*"])];
        }

        if (user == User.ReadOnly)
        {
            return [Rule(ReadVerbs)];
        }

        return Bindings("clusterrolebindings", null)
            .Concat(ns.Length == 0 ? [] : Bindings("rolebindings", ns))
            .Where(binding => binding.ItemsAt("subjects").Any(subject => Names(subject, user)))
            .SelectMany(binding => Role(binding).ItemsAt("rules"));
    }

    private static JsonObject Rule(string[] verbs) => new()
    {
        ["verbs"] = new JsonArray([.. verbs.Select(verb => (JsonNode)verb)]),
        ["apiGroups"] = new JsonArray("*"),
        ["resources"] = new JsonArray("*"),
    };

    private static bool Has(JsonObject rule, string field, string wanted) =>
        rule.TextsAt(field).Any(text => text == "*" || text == wanted);

    private static bool Names(JsonObject subject, User user) => subject.TextAt("kind") switch
    {
        "User" => subject.TextAt("name") == user.Name,
        "Group" => user.Groups.Contains(subject.TextAt("name") ?? "", StringComparer.Ordinal),
        "ServiceAccount" => user.Name == $"system:serviceaccount:{subject.TextAt("namespace")}:{subject.TextAt("name")}",
        _ => false,
    };

    private IEnumerable<JsonObject> Bindings(string plural, string? ns) => store.List(Rbac(plural), ns);

    private JsonObject? Role(JsonObject binding) => binding.TextAt("roleRef", "kind") == "Role"
        ? store.Find(Rbac("roles"), binding.Namespace(), binding.TextAt("roleRef", "name") ?? "")
        : store.Find(Rbac("clusterroles"), "", binding.TextAt("roleRef", "name") ?? "");

    private ResourceType Rbac(string plural) => store.Catalog.Find("rbac.authorization.k8s.io", "v1", plural)!;
}
