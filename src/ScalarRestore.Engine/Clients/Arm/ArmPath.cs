namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>The path of a resource, a list of them, or an action on one; it may carry a query.</summary>
internal sealed record ArmPath
{
    private const string Providers = "/providers/";

    private ArmPath(string path, string query, string resourceType, int names)
    {
        Path = path;
        Query = query;
        ResourceType = resourceType;
        IsChild = names > 1;
    }

    /// <summary>The path without its query.</summary>
    public string Path { get; }

    /// <summary>The query without its question mark; empty for none.</summary>
    public string Query { get; }

    /// <summary>
    /// The type, for example <c>Microsoft.DBforMySQL/flexibleServers/firewallRules</c>; with the action's name, where the path is an action's.
    /// </summary>
    public string ResourceType { get; }

    /// <summary>Whether it is a part of a resource and not one of its own.</summary>
    public bool IsChild { get; }

    /// <summary>What an action acts on: the path without its last segment.</summary>
    public string Parent => Path[..Path.LastIndexOf('/')];

    /// <summary>Reads a path.</summary>
    /// <exception cref="RestoreException"><c>AzureIdInvalid</c>.</exception>
    public static ArmPath Of(string text)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var path = (mark < 0 ? text : text[..mark]).TrimEnd('/').Replace(" ", "%20", StringComparison.Ordinal);
        var segments = path.Split('/');
        if (!path.StartsWith('/') || segments.Skip(1).Any(IsUnsafe))
        {
            throw new RestoreException(
                "AzureIdInvalid", FaultCategory.InvalidArgument, $"'{path}' is not the id of an Azure resource.", path, "Give an id such as /subscriptions/…/resourceGroups/…/providers/….");
        }

        var (type, names) = TypeOf(path);
        return new ArmPath(path, mark < 0 ? "" : text[(mark + 1)..], type, names);
    }

    /// <summary>The path of a URL that Azure itself gave, without its query: that may be signed.</summary>
    public static ArmPath OfUrl(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        var (type, names) = TypeOf(path.Length == 0 ? "/" : path);
        return new ArmPath(path, "", type, names);
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    // A name comes from outside; it must not lead to another resource.
    private static bool IsUnsafe(string segment) =>
        segment is "" or "." or ".." || segment.Any(c => char.IsControl(c) || c is '\\' or '#')
        || segment.Contains("%2f", StringComparison.OrdinalIgnoreCase) || segment.Contains("%2e", StringComparison.OrdinalIgnoreCase);

    private static (string Type, int Names) TypeOf(string path)
    {
        var at = path.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase);
        var (ns, pairs) = ("Microsoft.Resources", path[1..].Split('/'));
        if (at >= 0)
        {
            pairs = path[(at + Providers.Length)..].Split('/');
            (ns, pairs) = (pairs[0], pairs[1..]);
        }

        return (string.Join('/', pairs.Where((_, i) => i % 2 == 0).Prepend(ns)), pairs.Length / 2);
    }
}
