using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ScalarRestore.Drill.Databases.Aws;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.DynamoDb;

/// <summary>DynamoDB tables with all their settings, as Schema Loader and a careful operator make them.</summary>
internal sealed class DynamoDbDatabases : IWorldDatabases
{
    /// <summary>More would only be throttled.</summary>
    private const int TablesAtOnce = 24;

    private readonly DrillOptions _options;
    private readonly SandboxChild _sandbox;
    private readonly AwsAccess _access;
    private readonly ReleaseSpec _writing;
    private readonly SignedHttp _http;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly DataMaker _data;

    public DynamoDbDatabases(DrillOptions options, SandboxChild sandbox, ReleaseSpec writing)
    {
        _options = options;
        _sandbox = sandbox;
        _writing = writing;
        _access = AwsAccess.Of(sandbox.Ready);
        _http = new SignedHttp(_access);
        _dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials(_access.AccessKey, _access.SecretKey),
            new AmazonDynamoDBConfig { ServiceURL = _access.Endpoint.ToString(), AuthenticationRegion = _access.Region, MaxErrorRetry = 8 });
        _data = new DataMaker(_dynamo, () => sandbox.Now);
        Tables = TableSpec.All(options);
    }

    /// <summary>The tables.</summary>
    public IReadOnlyList<TableSpec> Tables { get; }

    /// <inheritdoc/>
    public string What => $"{Tables.Count} tables";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. Tables.Select(table => table.Name)];

    /// <inheritdoc/>
    public bool MovesEndpoints => false;

    /// <inheritdoc/>
    public string? OutOfReach => null;

    /// <inheritdoc/>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var maker = new TableMaker(_dynamo, new ScalingApi(_http), _sandbox.DelayAsync);
        await EachTableAsync(maker.CreateAsync, cancellationToken);
        await EachTableAsync((table, token) => _data.WriteAsync(table, _options.Items, Tables, token), cancellationToken);
    }

    /// <inheritdoc/>
    public string Properties(ReleaseSpec release) => $"""
        # The AWS region, and a user's keys
        scalar.db.storage=dynamo
        scalar.db.contact_points={_access.Region}
        scalar.db.username={_access.AccessKey}
        scalar.db.password={_access.SecretKey}
        scalar.db.dynamo.namespace.prefix={release.Prefix}
        """.ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables(ReleaseSpec release) => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task StartWritingAsync(bool resumes, CancellationToken cancellationToken)
    {
        var tables = Tables.Where(table => table.Name.StartsWith(_writing.Prefix, StringComparison.Ordinal) && !table.Metadata);
        return _sandbox.Control.StartWriterAsync(
            new JsonObject
            {
                ["namespace"] = ScalarWorld.Namespace,
                ["labels"] = new JsonObject(_writing.PodLabels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
                ["tables"] = new JsonArray([.. tables.Select(table => (JsonNode)table.Name)]),
                ["intervalSeconds"] = 2,
                ["mode"] = "put",
                ["resumes"] = resumes,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int?> StopWritingAsync(CancellationToken cancellationToken)
    {
        var writer = await _sandbox.Control.WriterAsync(cancellationToken);
        await _sandbox.Control.StopWriterAsync(cancellationToken);
        return writer["tables"]?.AsObject().Sum(table => (int)table.Value!["writes"]! + (int)table.Value!["refused"]!) ?? 0;
    }

    /// <inheritdoc/>
    public async Task<IPausedDatabases> NoteAsync(CancellationToken cancellationToken) => await PausedTables.NoteAsync(this, cancellationToken);

    /// <summary>Everything that stands in the tables.</summary>
    public Task<Snapshot> ReadAsync(CancellationToken cancellationToken) => TableReader.ReadAsync(_dynamo, Names, cancellationToken);

    /// <summary>The settings of all tables.</summary>
    public async Task<JsonNode> SettingsAsync(CancellationToken cancellationToken) =>
        TableSettings.Of((await _sandbox.Control.StateAsync(cancellationToken)).AsObject());

    /// <summary>Spoils every table.</summary>
    public Task SpoilAsync(CancellationToken cancellationToken) =>
        EachTableAsync((table, token) => _data.SpoilAsync(table, _options.Items, token), cancellationToken);

    /// <summary>
    /// Deletions of live tables as AWS itself counts them: every deletion of a table with point-in-time recovery leaves one system backup.
    /// A table that was deleted twice would show here, whatever the journal says.
    /// </summary>
    public async Task<int> DeletionsAsync(CancellationToken cancellationToken)
    {
        var (count, names) = (0, Names);
        var request = new Amazon.DynamoDBv2.Model.ListBackupsRequest { BackupType = BackupTypeFilter.SYSTEM };
        do
        {
            var page = await _dynamo.ListBackupsAsync(request, cancellationToken);
            count += page.BackupSummaries?.Count(backup => names.Contains(backup.TableName, StringComparer.Ordinal)) ?? 0;
            request.ExclusiveStartBackupArn = page.LastEvaluatedBackupArn;
        }
        while (request.ExclusiveStartBackupArn is not null);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _dynamo.Dispose();
    }

    private Task EachTableAsync(Func<TableSpec, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Tables, new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancellationToken }, async (table, token) => await work(table, token));
}
