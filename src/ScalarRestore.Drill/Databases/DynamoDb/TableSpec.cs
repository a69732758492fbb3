using Amazon.DynamoDBv2.Model;
using ScalarRestore.Drill.Databases.Aws;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>A table as ScalarDB's Schema Loader makes it, and the settings that a restore has to bring back.</summary>
internal sealed record TableSpec
{
    /// <summary>The full name, prefix included.</summary>
    public required string Name { get; init; }

    public bool Clustered { get; init; }

    /// <summary>Whether its items carry ScalarDB's transaction columns.</summary>
    public bool Transactional { get; init; } = true;

    public bool Coordinator { get; init; }

    public bool Metadata { get; init; }

    /// <summary>Columns with a secondary index.</summary>
    public IReadOnlyList<string> Indexed { get; init; } = [];

    public bool OnDemand { get; init; }

    public bool AutoScaled { get; init; } = true;

    public bool TimeToLive { get; init; }

    public bool Stream { get; init; }

    public bool DeletionProtection { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The tables of the releases that a drill installs. Every setting that AWS drops on a restore occurs at least once.</summary>
    public static IReadOnlyList<TableSpec> All(DrillOptions options)
    {
        var tables = new List<TableSpec>();
        if (options.Server)
        {
            var prefix = ReleaseSpec.Server.Prefix;
            for (var i = 1; i <= options.Tables; i++)
            {
                tables.Add(new TableSpec
                {
                    Name = $"{prefix}app.t{i}",
                    Clustered = i % 2 == 0,
                    Indexed = i % 4 == 1 ? ["owner"] : [],
                    OnDemand = i % 5 == 3,
                    AutoScaled = i % 5 != 3,
                    TimeToLive = i % 4 == 2,
                    Stream = i % 4 == 3,
                    DeletionProtection = i % 3 == 1,
                    Tags = i % 2 == 1 ? new Dictionary<string, string> { ["team"] = "orders", ["cost centre"] = $"c{i}" } : new Dictionary<string, string>(),
                });
            }

            tables.Add(new TableSpec { Name = $"{prefix}coordinator.state", Coordinator = true, DeletionProtection = true });
            tables.Add(new TableSpec { Name = $"{prefix}scalardb.metadata", Metadata = true, AutoScaled = false });
        }

        if (options.Ledger)
        {
            var ledger = ReleaseSpec.Ledger.Prefix;
            tables.AddRange(new[] { "asset", "asset_metadata" }.Select(name => new TableSpec { Name = $"{ledger}scalar.{name}", Clustered = name == "asset" }));
            tables.AddRange(new[] { "contract", "contract_class", "function", "certificate", "tx_state" }
                .Select(name => new TableSpec { Name = $"{ledger}scalar.{name}", Clustered = name is "contract" or "certificate", Transactional = false }));
            tables.Add(new TableSpec { Name = $"{ledger}coordinator.state", Coordinator = true });
            tables.Add(new TableSpec { Name = $"{ledger}scalardb.metadata", Metadata = true, AutoScaled = false });

            var auditor = ReleaseSpec.Auditor.Prefix;
            tables.AddRange(new[] { "asset", "contract", "contract_class", "certificate", "request_proof", "asset_lock" }
                .Select(name => new TableSpec { Name = $"{auditor}auditor.{name}", Clustered = name is "asset" or "contract" or "certificate", Transactional = false }));
            tables.Add(new TableSpec { Name = $"{auditor}scalardb.metadata", Metadata = true, AutoScaled = false });
        }

        return tables;
    }

    /// <summary>The request that creates the table.</summary>
    public CreateTableRequest ToRequest()
    {
        var request = new CreateTableRequest
        {
            TableName = Name,
            AttributeDefinitions = [new AttributeDefinition(PartitionKey, PartitionKeyType)],
            KeySchema = [new KeySchemaElement(PartitionKey, "HASH")],
            BillingMode = OnDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
            ProvisionedThroughput = OnDemand ? null : new ProvisionedThroughput(Units, Units),
            DeletionProtectionEnabled = DeletionProtection,
        };
        if (Clustered)
        {
            request.AttributeDefinitions.Add(new AttributeDefinition("concatenatedClusteringKey", "B"));
            request.KeySchema.Add(new KeySchemaElement("concatenatedClusteringKey", "RANGE"));
        }

        if (Stream)
        {
            request.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = "NEW_AND_OLD_IMAGES" };
        }

        foreach (var column in Indexed)
        {
            request.AttributeDefinitions.Add(new AttributeDefinition(column, "S"));
            request.GlobalSecondaryIndexes ??= [];
            request.GlobalSecondaryIndexes.Add(new GlobalSecondaryIndex
            {
                IndexName = IndexName(column),
                KeySchema = [new KeySchemaElement(column, "HASH")],
                Projection = new Projection { ProjectionType = "ALL" },
                ProvisionedThroughput = OnDemand ? null : new ProvisionedThroughput(Units, Units),
            });
        }

        return request;
    }

    /// <summary>The automatic scaling of the table and its indexes, as Schema Loader registers it.</summary>
    public IEnumerable<ScalingSpec> Scaling() =>
        from target in Indexed.Select(column => (Resource: $"table/{Name}/index/{IndexName(column)}", Kind: "index")).Prepend((Resource: $"table/{Name}", Kind: "table"))
        from direction in (string[])["Read", "Write"]
        select new ScalingSpec(
            target.Resource,
            $"dynamodb:{target.Kind}:{direction}CapacityUnits",
            $"DynamoDB{direction}CapacityUtilization",
            $"{target.Resource}-{(target.Kind == "index" ? "index-" : "")}{direction.ToLowerInvariant()}",
            Units,
            Units);

    /// <summary>Read and write units, as Schema Loader sets them by default.</summary>
    public int Units => Metadata ? 1 : 10;

    public string PartitionKey => Metadata ? "table" : "concatenatedPartitionKey";

    public string IndexName(string column) => $"{Name}.global_index.{column}";

    private string PartitionKeyType => Metadata ? "S" : "B";
}
