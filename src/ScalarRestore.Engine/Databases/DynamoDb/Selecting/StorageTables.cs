using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>Finds the tables of one workload's storage: ScalarDB's own metadata table is asked, and the account's list of tables is held against it.</summary>
internal sealed class StorageTables(DynamoDbService service, string place)
{
    /// <summary>Finds them.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="storage">Its storage.</param>
    /// <param name="all">The names of all tables of the account and region.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<FoundTables> FindAsync(ScalarWorkload workload, WorkloadStorage storage, IReadOnlySet<string> all, CancellationToken cancellationToken)
    {
        var who = $"{workload.Namespace}/{workload.Name}";
        var metadata = $"{storage.NamespacePrefix}{storage.MetadataNamespace}.metadata";
        if (!all.Contains(metadata))
        {
            return new FoundTables
            {
                Faults =
                [
                    new RestoreException(
                        "MetadataTableNotFound",
                        FaultCategory.ObjectNotFound,
                        $"ScalarDB's metadata table {metadata} of workload {who} does not exist in {place}.",
                        metadata,
                        "Check the account, the region and scalar.db.dynamo.namespace.prefix, or name the tables with -TableName. Workloads in different accounts are restored in two runs, each with its own -ProfileName."),
                ],
            };
        }

        var listed = await ListedAsync(metadata, cancellationToken).ConfigureAwait(false);
        return Judge(workload, storage, metadata, listed, all);
    }

    /// <summary>What to make of both lists. Pure but for the place in its messages.</summary>
    public FoundTables Judge(ScalarWorkload workload, WorkloadStorage storage, string metadata, IReadOnlyCollection<string> listed, IReadOnlySet<string> all)
    {
        var who = $"{workload.Namespace}/{workload.Name}";
        var coordinator = $"{storage.NamespacePrefix}{storage.CoordinatorNamespace}.state";
        var tables = new SortedSet<string>(listed.Where(Belongs), StringComparer.Ordinal);
        if (workload.Product != ScalarProduct.Auditor && all.Contains(coordinator))
            tables.Add(coordinator);

        var faults = tables.Where(t => !all.Contains(t))
            .Select(t => CaptureFaults.NotFound(t, place, $", though {metadata} lists it")).ToList();
        if (tables.Count == 0)
            faults.Add(CaptureFaults.Nothing($"{metadata} in {place} lists no table of workload {who}"));
        return new FoundTables
        {
            Tables = [.. tables],
            Metadata = metadata,
            Coordinator = tables.Contains(coordinator) ? coordinator : null,
            Faults = faults,
            Warnings =
            [
                .. all.Where(t => t != metadata && !tables.Contains(t) && IsLikelyOurs(t)).Order(StringComparer.Ordinal)
                    .Select(t => $"Table {t} in {place} is not restored: it looks like one of workload {who}, but {metadata} does not list it."),
            ],
        };

        bool Belongs(string table) =>
            NamespaceFilter.Of(table, storage.NamespacePrefix) is { } ns && NamespaceFilter.Belongs(ns, workload.Product, storage);

        bool IsLikelyOurs(string table) =>
            NamespaceFilter.Of(table, storage.NamespacePrefix) is { } ns
            && (NamespaceFilter.IsProductsOwn(ns, workload.Product)
                || tables.Any(t => NamespaceFilter.Of(t, storage.NamespacePrefix) == ns)
                || (storage.NamespacePrefix.Length > 0 && NamespaceFilter.Belongs(ns, workload.Product, storage)));
    }

    private async Task<IReadOnlyCollection<string>> ListedAsync(string metadata, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var request = new ScanRequest
            {
                TableName = metadata,
                ProjectionExpression = "#t",
                ExpressionAttributeNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["#t"] = "table" },
                ConsistentRead = true,
                ExclusiveStartKey = start,
            };
            var page = await service.ScanAsync(request, cancellationToken).ConfigureAwait(false);
            names.UnionWith((page.Items ?? []).Select(i => i.GetValueOrDefault("table")?.S).OfType<string>());
            start = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
        }
        while (start is not null);

        return names;
    }
}
