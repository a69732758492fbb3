namespace ScalarRestore.Engine.Values;

/// <summary>Finds the storages that a Scalar product's properties name. User names, passwords and keys are never looked at.</summary>
internal static class ScalarProperties
{
    /// <summary>The storages, in the order of the text.</summary>
    /// <param name="text">The properties.</param>
    /// <param name="product">Whose they are; decides on the namespaces.</param>
    /// <param name="variables">What is known of the pod's environment.</param>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <exception cref="RestoreException"><c>PropertiesInvalid</c>.</exception>
    public static IReadOnlyList<WorkloadStorage> Read(string text, ScalarProduct product, PodVariables variables, string source)
    {
        var raw = PropertiesReader.ReadMap(text, source);
        string? Get(string key) =>
            raw.TryGetValue(key, out var value) && Placeholders.Resolve(value, variables).Trim() is { Length: > 0 } set ? set : null;

        var coordinator = Get("scalar.db.consensus_commit.coordinator.namespace") ?? "coordinator";
        var storages = StorageProperties.Active(Get);
        if (!StorageProperties.IsMulti(Get))
            return [One(storages[0], coordinator, OwnNamespaces(product, Get), Get)];

        if (storages.Count == 0)
        {
            throw new RestoreException(
                "PropertiesInvalid",
                FaultCategory.InvalidData,
                $"The properties of {source} say 'scalar.db.storage=multi-storage' but name no storages.",
                source,
                $"Set '{StorageProperties.MultiPrefix}storages'.");
        }

        var mapping = Mapping(Get(StorageProperties.MultiPrefix + "namespace_mapping"));
        var fallback = Get(StorageProperties.MultiPrefix + "default_storage");
        return
        [
            .. storages.Select(storage => One(
                storage,
                coordinator,
                storage.Name == fallback ? OwnNamespacesOf(product, Get, mapping, storage.Name) : mapping.Where(pair => pair.Storage == storage.Name).Select(pair => pair.Namespace).ToList(),
                Get)),
        ];
    }

    private static WorkloadStorage One(
        StorageProperties storage, string coordinator, IReadOnlyList<string> namespaces, Func<string, string?> get)
    {
        var prefix = storage.Prefix;
        var kind = Placeholders.In(storage.Storage) ? storage.Storage : storage.Storage.ToLowerInvariant();
        return new WorkloadStorage
        {
            Name = storage.Name,
            Storage = kind,
            ContactPoints = get(storage.PointsKey) is { } points ? ContactPoints.WithoutCredentials(points) : null,
            NamespacePrefix = kind == "dynamo" ? get(prefix + "dynamo.namespace.prefix") ?? "" : "",
            MetadataNamespace = get(prefix + MetadataKey(kind)) ?? "scalardb",
            CoordinatorNamespace = coordinator,
            Namespaces = namespaces,
        };
    }

    private static string MetadataKey(string storage) => storage switch
    {
        "cosmos" => "cosmos.table_metadata.database",
        "jdbc" => "jdbc.table_metadata.schema",
        _ => "dynamo.table_metadata.namespace",
    };

    /// <summary>ScalarDL keeps its data in a namespace of its own; ScalarDB's namespaces are the applications'.</summary>
    private static List<string> OwnNamespaces(ScalarProduct product, Func<string, string?> get) => product switch
    {
        ScalarProduct.Ledger => [get("scalar.dl.ledger.namespace") ?? "scalar"],
        ScalarProduct.Auditor => [get("scalar.dl.auditor.namespace") ?? "auditor"],
        _ => [],
    };

    /// <summary>The default storage takes what is mapped to no other: for ScalarDL that can be named, for ScalarDB it is all the rest.</summary>
    private static List<string> OwnNamespacesOf(
        ScalarProduct product, Func<string, string?> get, List<(string Namespace, string Storage)> mapping, string name)
    {
        var own = OwnNamespaces(product, get);
        return own.Count == 0
            ? []
            : [.. own.Where(ns => mapping.TrueForAll(pair => pair.Namespace != ns || pair.Storage == name))];
    }

    private static List<(string Namespace, string Storage)> Mapping(string? value) =>
        [.. StorageProperties.Words(value).Select(pair => pair.Split(':', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0].Trim(), pair[1].Trim()))];
}
