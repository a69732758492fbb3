namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>The kubeconfig as kubectl sees it: one or several files joined, the first that names a thing wins.</summary>
internal sealed class KubeConfig
{
    private readonly IReadOnlyList<KubeConfigFile> _files;
    private readonly Dictionary<string, KubeConfigEntry> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeConfigEntry> _contexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeConfigEntry> _users = new(StringComparer.Ordinal);

    /// <summary>Joins files.</summary>
    public KubeConfig(IReadOnlyList<KubeConfigFile> files)
    {
        _files = files;
        foreach (var file in files)
        {
            Add(_clusters, file.Entries("clusters", "cluster"));
            Add(_contexts, file.Entries("contexts", "context"));
            Add(_users, file.Entries("users", "user"));
        }
    }

    private string Source => string.Join(Path.PathSeparator, _files.Select(file => file.Path));

    /// <summary>
    /// Finds the kubeconfig: the given file, else the files of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>; null if none was named and the last is missing.
    /// </summary>
    public static KubeConfig? Load(string? path, KubeEnvironment environment)
    {
        if (path is not null)
            return new KubeConfig([Read(Path.GetFullPath(path)) ?? throw NotFound(path, "-KubeConfig")]);

        if (environment.Get("KUBECONFIG") is { } variable)
        {
            var paths = variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var files = paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(Read).OfType<KubeConfigFile>().ToList();
            return files.Count > 0 ? new KubeConfig(files) : throw NotFound(variable, "KUBECONFIG");
        }

        return Read(Path.Combine(environment.Home, ".kube", "config")) is { } file ? new KubeConfig([file]) : null;
    }

    /// <summary>Resolves a context, or the current one.</summary>
    public KubeTarget Resolve(string? contextName, bool allowExecPlugin)
    {
        var name = contextName ?? _files.Select(file => file.CurrentContext).FirstOrDefault(current => current is not null);
        if (name is null)
            throw ContextNotFound($"The kubeconfig '{Source}' has no current context.");

        if (!_contexts.TryGetValue(name, out var context))
            throw ContextNotFound($"The kubeconfig '{Source}' has no context '{name}'.");

        var clusterName = context.Required("cluster", $"the context '{name}'");
        if (!_clusters.TryGetValue(clusterName, out var cluster))
            throw context.Invalid(context.Body["cluster"]!, $"has the context '{name}' with the cluster '{clusterName}', which is not there");

        KubeConfigEntry? user = null;
        if (context.Text("user") is { } userName && !_users.TryGetValue(userName, out user))
            throw context.Invalid(context.Body["user"]!, $"has the context '{name}' with the user '{userName}', which is not there");

        return KubeTargetReader.Read(name, context, cluster, clusterName, user, allowExecPlugin);
    }

    private static void Add(Dictionary<string, KubeConfigEntry> all, IEnumerable<KeyValuePair<string, KubeConfigEntry>> entries)
    {
        foreach (var (name, entry) in entries)
        {
            all.TryAdd(name, entry);
        }
    }

    private static KubeConfigFile? Read(string path)
    {
        try
        {
            return KubeConfigFile.Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(
                "KubeConfigInvalid", FaultCategory.PermissionDenied, $"The kubeconfig '{path}' cannot be read: {e.Message}", path, "Make the file readable.", e);
        }
    }

    private RestoreException ContextNotFound(string message) => new(
        "ContextNotFound",
        FaultCategory.ObjectNotFound,
        $"{message} It has: {(_contexts.Count == 0 ? "no context at all" : string.Join(", ", _contexts.Keys.Order(StringComparer.Ordinal)))}.",
        Source,
        "Name one with -Context.");

    private static RestoreException NotFound(string path, string from) => new(
        "KubeConfigNotFound",
        FaultCategory.ObjectNotFound,
        $"There is no kubeconfig at '{path}', which {from} names.",
        path,
        "Name an existing kubeconfig with -KubeConfig, or set KUBECONFIG.");
}
