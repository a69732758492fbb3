using System.Text.RegularExpressions;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>Turns a query into the names of tables by account and region. An empty selection is never "all".</summary>
internal sealed partial class TableSelector(AwsClientFactory factory)
{
    private const string Metadata = "metadata";

    /// <summary>Whether a storage is DynamoDB.</summary>
    public static bool Owns(WorkloadStorage storage) => string.Equals(storage.Storage.Trim(), "dynamo", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the tables; nothing if the query is about other databases.</summary>
    public async Task<IReadOnlyList<TableSet>> SelectAsync(DatabaseQuery query, CancellationToken cancellationToken)
    {
        var storages = Storages(query);
        var selection = query.Selection;
        if (selection is { TableNames: not null, SchemaFiles: not null })
        {
            throw new RestoreException(
                "SelectionAmbiguous", FaultCategory.InvalidArgument, "Table names and schema files were both given.", mend: "Give -TableName or -SchemaFile, not both.");
        }

        if (selection.TableNames is { } names)
            return [Named(names, selection, storages)];
        if (selection.SchemaFiles is { } files)
            return [await FromFilesAsync(files, selection, storages, cancellationToken).ConfigureAwait(false)];
        return await FromWorkloadsAsync(storages, selection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What a selection by names or files leaves out of the tables that the workloads themselves store into, as a warning. Whoever names tables
    /// may have to because the workloads' own set cannot be found, so that this is a warning too.
    /// </summary>
    public async Task<IReadOnlyList<string>> LeftOutAsync(DatabaseQuery query, TableSet selected, CancellationToken cancellationToken)
    {
        var storages = Storages(query);
        if (storages.Count == 0 || query.Selection is { TableNames: null, SchemaFiles: null })
            return [];
        try
        {
            return LeftOutTables.Warnings(selected, await FromWorkloadsAsync(storages, query.Selection, cancellationToken).ConfigureAwait(false));
        }
        catch (RestoreException fault)
        {
            return [LeftOutTables.Unknown(fault)];
        }
    }

    private static IReadOnlyList<(ScalarWorkload Workload, WorkloadStorage Storage)> Storages(DatabaseQuery query) =>
        [.. query.Workloads.SelectMany(w => w.Storages.Where(Owns).Select(s => (Workload: w, Storage: s)))];

    private static TableSet Named(IReadOnlyList<string> names, DatabaseSelection selection, IReadOnlyList<(ScalarWorkload Workload, WorkloadStorage Storage)> storages)
    {
        if (names.Count == 0)
            throw CaptureFaults.Nothing("the list of table names is empty");
        if (names.FirstOrDefault(n => !TableName().IsMatch(n)) is { } bad)
        {
            throw new RestoreException(
                "TableNameInvalid",
                FaultCategory.InvalidArgument,
                $"'{bad}' is no name of a DynamoDB table.",
                bad,
                "Names have 3 to 255 letters, digits, '_', '-' and '.'; wildcards are not taken.");
        }

        return new TableSet
        {
            Profile = selection.ProfileName,
            Region = RegionChoice.OfNamed(selection, storages),
            Tables = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Workloads = Who(storages.Select(s => s.Workload)),
        };
    }

    private static async Task<TableSet> FromFilesAsync(
        IReadOnlyList<string> files, DatabaseSelection selection, IReadOnlyList<(ScalarWorkload Workload, WorkloadStorage Storage)> storages, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            throw CaptureFaults.Nothing("the list of schema files is empty");
        var prefix = selection.NamespacePrefix ?? Single(storages.Select(s => s.Storage.NamespacePrefix), "namespace prefixes", "-NamespacePrefix") ?? "";
        var coordinator = $"{prefix}{Single(storages.Select(s => s.Storage.CoordinatorNamespace), "coordinator namespaces", "-TableName") ?? "coordinator"}.state";
        var metadata = $"{prefix}{Single(storages.Select(s => s.Storage.MetadataNamespace), "metadata namespaces", "-TableName") ?? "scalardb"}.{Metadata}";

        var tables = new SortedSet<string>(StringComparer.Ordinal) { metadata };
        foreach (var file in files)
        {
            var schema = await SchemaFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            tables.UnionWith(schema.Tables.Select(t => prefix + t));
            if (schema.Transactional)
                tables.Add(coordinator);
        }

        return new TableSet
        {
            Profile = selection.ProfileName,
            Region = RegionChoice.OfNamed(selection, storages),
            Tables = [.. tables],
            Metadata = new HashSet<string>(StringComparer.Ordinal) { metadata },
            Workloads = Who(storages.Select(s => s.Workload)),
        };
    }

    private async Task<IReadOnlyList<TableSet>> FromWorkloadsAsync(
        IReadOnlyList<(ScalarWorkload Workload, WorkloadStorage Storage)> storages, DatabaseSelection selection, CancellationToken cancellationToken)
    {
        var sets = new List<TableSet>();
        foreach (var region in storages.GroupBy(s => RegionChoice.Of(s.Workload, s.Storage, selection), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var clients = factory.For(selection.ProfileName, region.Key, ServiceMode.ReadOnly);
            var place = $"{await clients.GetAccountAsync(cancellationToken).ConfigureAwait(false)}/{region.Key}";
            var all = (await clients.DynamoDb.ListTablesAsync(cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
            var finder = new StorageTables(clients.DynamoDb, place);
            var found = new List<FoundTables>();
            foreach (var (workload, storage) in region)
                found.Add(await finder.FindAsync(workload, storage, all, cancellationToken).ConfigureAwait(false));
            sets.Add(Merge(region.Key, selection.ProfileName, region.Select(s => s.Workload), found));
        }

        return sets;
    }

    private static TableSet Merge(string region, string? profile, IEnumerable<ScalarWorkload> workloads, IReadOnlyList<FoundTables> found)
    {
        var metadata = found.Select(f => f.Metadata).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var tables = new SortedSet<string>(found.SelectMany(f => f.Tables).Concat(metadata), StringComparer.Ordinal);

        // What one workload does not know of may be another's.
        var warnings = found.SelectMany(f => f.Warnings).Where(w => !tables.Any(t => w.StartsWith($"Table {t} ", StringComparison.Ordinal)));
        return new TableSet
        {
            Profile = profile,
            Region = region,
            Tables = [.. tables],
            Metadata = metadata,
            Coordinators = found.Select(f => f.Coordinator).OfType<string>().ToHashSet(StringComparer.Ordinal),
            Workloads = Who(workloads),
            Warnings = [.. warnings.Distinct(StringComparer.Ordinal)],
            Faults = [.. found.SelectMany(f => f.Faults).DistinctBy(f => f.Message, StringComparer.Ordinal)],
        };
    }

    private static IReadOnlyList<string> Who(IEnumerable<ScalarWorkload> workloads) =>
        [.. workloads.Select(w => $"{w.Namespace}/{w.Name}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string? Single(IEnumerable<string> values, string what, string option)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return distinct.Count <= 1
            ? distinct.FirstOrDefault()
            : throw new RestoreException(
                "SelectionAmbiguous",
                FaultCategory.InvalidArgument,
                $"The workloads have several {what} ({string.Join(", ", distinct.Select(d => $"'{d}'"))}), so that it is not clear which one the schema files are for.",
                mend: $"Give {option}, or one workload at a time.");
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{3,255}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableName();
}
