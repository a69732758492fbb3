namespace ScalarRestore.Engine.Values;

/// <summary>Finds the storages that a Scalar product's properties name. User names, passwords and keys are never looked at.</summary>
internal static class ScalarProperties
{
    private const string MultiStorage = "multi-storage";
    private const string MultiPrefix = "scalar.db.multi_storage.";

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
        var storage = Get("scalar.db.storage") ?? "cassandra";
        if (!storage.Equals(MultiStorage, StringComparison.OrdinalIgnoreCase))
            return [One("", "scalar.db.", storage, coordinator, OwnNamespaces(product, Get), Get)];

        var names = Words(Get(MultiPrefix + "storages"));
        if (names.Count == 0)
        {
            throw new RestoreException(
                "PropertiesInvalid",
                FaultCategory.InvalidData,
                $"The properties of {source} say 'scalar.db.storage=multi-storage' but name no storages.",
                source,
                $"Set '{MultiPrefix}storages'.");
        }

        var mapping = Mapping(Get(MultiPrefix + "namespace_mapping"));
        var fallback = Get(MultiPrefix + "default_storage");
        return
        [
            .. names.Select(name => One(
                name,
                $"{MultiPrefix}storages.{name}.",
                Get($"{MultiPrefix}storages.{name}.storage") ?? "cassandra",
                coordinator,
                name == fallback ? OwnNamespacesOf(product, Get, mapping, name) : mapping.Where(pair => pair.Storage == name).Select(pair => pair.Namespace).ToList(),
                Get)),
        ];
    }

    private static WorkloadStorage One(
        string name, string prefix, string storage, string coordinator, IReadOnlyList<string> namespaces, Func<string, string?> get)
    {
        var kind = Placeholders.In(storage) ? storage : storage.ToLowerInvariant();
        return new WorkloadStorage
        {
            Name = name,
            Storage = kind,
            ContactPoints = get(prefix + "contact_points") is { } points ? ContactPoints.WithoutCredentials(points) : null,
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
        [.. Words(value).Select(pair => pair.Split(':', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0].Trim(), pair[1].Trim()))];

    private static IReadOnlyList<string> Words(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
