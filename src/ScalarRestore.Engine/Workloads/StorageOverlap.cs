using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Whether two workloads keep data in the same DynamoDB tables. Pure. What is an unresolved placeholder may be anything.</summary>
internal static class StorageOverlap
{
    /// <summary>The kind of storage that is looked at: the restore of the others forces nothing on who shares them.</summary>
    private const string Dynamo = "dynamo";

    /// <summary>Whether a workload has such a storage at all.</summary>
    public static bool IsPossible(ScalarWorkload workload) => workload.Storages.Any(storage => MayBe(storage.Storage, Dynamo));

    /// <summary>Whether any storage of one shares tables with any storage of the other.</summary>
    public static bool Between(ScalarWorkload one, ScalarWorkload other) =>
        one.Storages.Any(storage => other.Storages.Any(another => SameTables(storage, another)
            || (SamePlace(storage, another) && UsesCoordinator(one) && UsesCoordinator(other) && MayBe(storage.CoordinatorNamespace, another.CoordinatorNamespace))));

    private static bool SameTables(WorkloadStorage one, WorkloadStorage other) =>
        SamePlace(one, other) && (SharesNamespace(one.Namespaces, other.Namespaces) || MayBe(one.MetadataNamespace, other.MetadataNamespace));

    private static bool SamePlace(WorkloadStorage one, WorkloadStorage other) =>
        MayBe(one.Storage, Dynamo)
        && MayBe(other.Storage, Dynamo)
        && SameRegion(one.ContactPoints?.Trim(), other.ContactPoints?.Trim())
        && SamePrefix(one, other);

    /// <summary>Regions that are not told are the client's own business: then these may be the same.</summary>
    private static bool SameRegion(string? one, string? other) =>
        string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other) || MayBe(one.ToLowerInvariant(), other.ToLowerInvariant());

    /// <summary>The prefix is read for DynamoDB only, so that it is not known where the kind of storage is not.</summary>
    private static bool SamePrefix(WorkloadStorage one, WorkloadStorage other) =>
        Placeholders.In(one.Storage) || Placeholders.In(other.Storage) || MayBe(one.NamespacePrefix, other.NamespacePrefix);

    /// <summary>No namespaces means all of the prefix.</summary>
    private static bool SharesNamespace(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 || other.Count == 0 || one.Any(ns => other.Any(another => MayBe(ns, another)));

    /// <summary>An Auditor's restore leaves the coordinator table alone.</summary>
    private static bool UsesCoordinator(ScalarWorkload workload) => workload.Product != ScalarProduct.Auditor;

    private static bool MayBe(string one, string other) => one == other || Placeholders.In(one) || Placeholders.In(other);
}
