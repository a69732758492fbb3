namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>Which of the tables in a metadata table are a workload's own. Pure.</summary>
internal static class NamespaceFilter
{
    private const string Ledger = "scalar";
    private const string Auditor = "auditor";

    /// <summary>Whether tables of a namespace belong to a workload's storage.</summary>
    /// <remarks>
    /// Ledger and Auditor may share one account, region and metadata table. Users' own tables for Functions live beside the Ledger's in any
    /// namespace and must go back together with them. The Auditor has nothing but its own, and no coordinator.
    /// </remarks>
    public static bool Belongs(string ns, ScalarProduct product, WorkloadStorage storage) => product switch
    {
        ScalarProduct.Auditor => storage.Namespaces.Count == 0 ? IsOf(ns, Auditor) : storage.Namespaces.Any(n => IsOf(ns, n)),
        ScalarProduct.Ledger => !IsOf(ns, Auditor),
        _ => storage.Namespaces.Count == 0
            || storage.Namespaces.Contains(ns, StringComparer.Ordinal)
            || ns == storage.CoordinatorNamespace,
    };

    /// <summary>Whether a namespace is one of the product's own, base or made for a logical one.</summary>
    public static bool IsProductsOwn(string ns, ScalarProduct product) => product switch
    {
        ScalarProduct.Ledger => IsOf(ns, Ledger),
        ScalarProduct.Auditor => IsOf(ns, Auditor),
        _ => false,
    };

    /// <summary>The namespace of a table's name behind the prefix; null if it has none.</summary>
    public static string? Of(string table, string prefix)
    {
        if (!table.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var dot = table.IndexOf('.', prefix.Length);
        return dot > prefix.Length && dot < table.Length - 1 ? table[prefix.Length..dot] : null;
    }

    private static bool IsOf(string ns, string root) => ns == root || ns.StartsWith(root + "_", StringComparison.Ordinal);
}
