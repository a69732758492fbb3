using System.Globalization;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>An account or a server behind one release.</summary>
/// <param name="Release">The release.</param>
/// <param name="Name">What it is called; after a restore the restored one takes its place behind the release.</param>
/// <param name="Tables">The tables that Schema Loader makes for the release.</param>
internal sealed record AzureSource(ReleaseSpec Release, string Name, IReadOnlyList<AzureTable> Tables)
{
    /// <summary>That of a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="word">The kind of database, which the name ends with.</param>
    /// <param name="tables">Application tables.</param>
    public static AzureSource Of(ReleaseSpec release, string word, int tables)
    {
        IEnumerable<AzureTable> own =
            release == ReleaseSpec.Ledger ? In("scalar", ["asset", "asset_metadata", "contract", "contract_class", "function", "certificate", "tx_state"])
            : release == ReleaseSpec.Auditor ? In("auditor", ["asset", "contract", "contract_class", "certificate", "request_proof", "asset_lock"])
            : In("app", Enumerable.Range(1, tables).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i}")));
        return new AzureSource(
            release,
            $"{release.Name}-{word}",
            [.. own, .. release == ReleaseSpec.Auditor ? [] : In("coordinator", ["state"]), .. In("scalardb", ["metadata"])]);

        static IEnumerable<AzureTable> In(string database, IEnumerable<string> names) => names.Select(name => new AzureTable(database, name));
    }
}
