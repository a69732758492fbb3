namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>What a URL below <c>/api</c> or <c>/apis</c> names.</summary>
internal sealed record RequestTarget(string Group, string Version, string Namespace, string Plural, string Name, string Subresource)
{
    public bool HasName => Name.Length > 0;

    /// <summary>Null where the path is not that of a resource: discovery, health, nonsense.</summary>
    public static RequestTarget? Parse(PathString path)
    {
        var parts = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var tail] => ("", v, tail),
            ["apis", var g, var v, .. var tail] => (g, v, tail),
            _ => ("", "", []),
        };
        return rest switch
        {
            ["namespaces"] => new(group, version, "", "namespaces", "", ""),
            ["namespaces", var name] => new(group, version, name, "namespaces", name, ""),
            ["namespaces", var name, "status" or "finalize"] when group.Length == 0 => new(group, version, name, "namespaces", name, rest[2]),
            ["namespaces", var ns, var plural] => new(group, version, ns, plural, "", ""),
            ["namespaces", var ns, var plural, var name] => new(group, version, ns, plural, name, ""),
            ["namespaces", var ns, var plural, var name, .. var sub] => new(group, version, ns, plural, name, string.Join('/', sub)),
            [var plural] => new(group, version, "", plural, "", ""),
            [var plural, var name] => new(group, version, "", plural, name, ""),
            [var plural, var name, .. var sub] => new(group, version, "", plural, name, string.Join('/', sub)),
            _ => null,
        };
    }

    /// <summary>The verb in Kubernetes' own words, as access rules use it.</summary>
    public string Verb(HttpRequest request) => request.Method switch
    {
        "GET" or "HEAD" when IsWatch(request) => "watch",
        "GET" or "HEAD" => HasName ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => HasName ? "delete" : "deletecollection",
        _ => "",
    };

    public static bool IsWatch(HttpRequest request) => request.Query["watch"] == "true" || request.Query["watch"] == "1";
}
