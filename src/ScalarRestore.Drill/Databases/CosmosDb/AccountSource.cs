using System.Globalization;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>An account behind one release.</summary>
/// <param name="Release">The release.</param>
/// <param name="Name">What it is called; after a restore the restored one takes its place behind the release.</param>
/// <param name="Containers">The tables that Schema Loader makes for the release.</param>
internal sealed record AccountSource(ReleaseSpec Release, string Name, IReadOnlyList<ContainerSpec> Containers)
{
    /// <summary>What it is, for people.</summary>
    public string What => $"Cosmos DB account {Name}";

    /// <summary>Where its clients reach it.</summary>
    public string Uri => $"https://{Name}.documents.azure.com:443/";

    /// <summary>The account of a release.</summary>
    public static AccountSource Of(ReleaseSpec release, int tables)
    {
        IEnumerable<ContainerSpec> own =
            release == ReleaseSpec.Ledger ? In("scalar", ["asset", "asset_metadata", "contract", "contract_class", "function", "certificate", "tx_state"])
            : release == ReleaseSpec.Auditor ? In("auditor", ["asset", "contract", "contract_class", "certificate", "request_proof", "asset_lock"])
            : In("app", Enumerable.Range(1, tables).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i}")));
        return new AccountSource(
            release,
            $"{release.Name}-cosmos",
            [.. own, .. release == ReleaseSpec.Auditor ? [] : In("coordinator", ["state"]), .. In("scalardb", ["metadata"])]);

        static IEnumerable<ContainerSpec> In(string database, IEnumerable<string> names) => names.Select(name => new ContainerSpec(database, name));
    }
}
