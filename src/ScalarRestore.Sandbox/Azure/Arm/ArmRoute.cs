namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>One call that is known: method and path, how it is named in the call log and in fault plans, and what does it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path; parts in braces stand for values, the rest is compared without case.</param>
/// <param name="Service">arm, cosmos, mysql or postgresql.</param>
/// <param name="Operation">For example UpdateAccount.</param>
/// <param name="Run">Does the work, inside the subscription's lock.</param>
internal sealed record ArmRoute(string Method, string Template, string Service, string Operation, Func<ArmCall, ArmAnswer> Run)
{
    private readonly string[] _parts = ArmRequest.Split(Template);

    /// <summary>Whether the call can change state; posts that only ask say no here.</summary>
    public bool IsWrite { get; init; } = Method is not ("GET" or "HEAD");

    /// <summary>Names the operation where the body decides what it is.</summary>
    public Func<ArmRequest, string>? Naming { get; init; }

    /// <summary>Whether the path is about something in a resource group.</summary>
    public bool IsInGroup { get; } = Template.Contains("/resourceGroups/{group}/", StringComparison.Ordinal);

    /// <summary>The values of the braces where the request is for this route; else null.</summary>
    public Dictionary<string, string>? Match(ArmRequest request)
    {
        if (request.Path.Length != _parts.Length || !string.Equals(request.Method, Method, StringComparison.OrdinalIgnoreCase))
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i][0] == '{')
                values[_parts[i][1..^1]] = request.Path[i];
            else if (!string.Equals(_parts[i], request.Path[i], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return values;
    }

    /// <summary>The permission that the call needs, such as <c>Microsoft.DocumentDB/databaseAccounts/listKeys/action</c>.</summary>
    public string Action
    {
        get
        {
            var provider = Array.LastIndexOf(_parts, "providers");
            var named = _parts[(provider + 1)..].Where(p => p[0] != '{');
            var name = string.Join('/', named);
            return Method switch
            {
                "GET" or "HEAD" => name + "/read",
                "POST" => name + "/action",
                "DELETE" => name + "/delete",
                _ => name + "/write",
            };
        }
    }
}
