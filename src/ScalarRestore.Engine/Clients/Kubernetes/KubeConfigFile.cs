using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>One kubeconfig file, parsed, with the place of each entry for messages.</summary>
internal sealed class KubeConfigFile
{
    private KubeConfigFile(string path, YamlItem root)
    {
        Path = path;
        Root = root;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its content.</summary>
    public YamlItem Root { get; }

    /// <summary>The context that it names as current.</summary>
    public string? CurrentContext => Root["current-context"]?.Text is { Length: > 0 } name ? name : null;

    /// <summary>Parses a file's text.</summary>
    /// <exception cref="RestoreException"><c>KubeConfigInvalid</c>.</exception>
    public static KubeConfigFile Parse(string path, string text)
    {
        YamlItem? root;
        try
        {
            root = YamlReader.Read(text, YamlBudget.Config);
        }
        catch (YamlFault e)
        {
            throw Invalid(path, e.Line, e.Column, $"is not readable: {e.Message}", e);
        }

        if (root is null or { Map: null, Text: null, List: null })
            return new KubeConfigFile(path, new YamlItem(new Dictionary<string, YamlItem>()) { Line = 1, Column = 1, Start = 0, End = 0 });

        if (root.Map is null)
            throw Invalid(path, root.Line, root.Column, "is not a kubeconfig: it must be a mapping with 'clusters', 'contexts' and 'users'");

        if (root["kind"] is { } kind && kind.Text != "Config")
            throw Invalid(path, kind.Line, kind.Column, $"is not a kubeconfig: its kind is '{kind.Text}'");

        return new KubeConfigFile(path, root);
    }

    /// <summary>The entries of <c>clusters</c>, <c>contexts</c> or <c>users</c> by name.</summary>
    /// <param name="list">The list's key.</param>
    /// <param name="body">The key of an entry's body: <c>cluster</c>, <c>context</c> or <c>user</c>.</param>
    public IEnumerable<KeyValuePair<string, KubeConfigEntry>> Entries(string list, string body)
    {
        var entries = Root[list];
        if (entries is null or { List: null, Map: null, Text: null })
            yield break;

        if (entries.List is null)
            throw Invalid(Path, entries.Line, entries.Column, $"is not a kubeconfig: '{list}' must be a list");

        foreach (var entry in entries.List)
        {
            if (entry["name"]?.Text is not { } name)
                throw Invalid(Path, entry.Line, entry.Column, $"has an entry in '{list}' without a 'name'");

            yield return new(name, new KubeConfigEntry(this, entry[body] ?? entry));
        }
    }

    /// <summary>A fault at a place of a kubeconfig.</summary>
    public static RestoreException Invalid(string path, int line, int column, string what, Exception? inner = null) => new(
        "KubeConfigInvalid",
        FaultCategory.ParserError,
        $"The kubeconfig '{path}' {what} (line {line}, column {column}).",
        path,
        "Correct the kubeconfig, or name another with -KubeConfig.",
        inner);
}
