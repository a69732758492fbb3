using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>A sandbox at twenty times real time, and the real .NET client for it.</summary>
public class DynamoDbFixture : IAsyncLifetime
{
    private int _names;

    public SandboxProcess Sandbox { get; private set; } = null!;

    public AmazonDynamoDBClient Client { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Sandbox = await SandboxProcess.StartAsync("--time-scale", "20");
        Client = NewClient();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Sandbox.DisposeAsync();
    }

    public AmazonDynamoDBClient NewClient(
        AWSCredentials? credentials = null, int retries = 4, string? region = null, TimeSpan? timeout = null) => new(
        credentials ?? new BasicAWSCredentials(Sandbox.AwsAccessKeyId, Sandbox.AwsSecretAccessKey),
        new AmazonDynamoDBConfig
        {
            ServiceURL = Sandbox.AwsEndpoint.ToString(),
            AuthenticationRegion = region ?? Sandbox.AwsRegion,
            MaxErrorRetry = retries,
            Timeout = timeout ?? TimeSpan.FromSeconds(60),
        });

    /// <summary>A table name that no other test has.</summary>
    public string NewName(string what = "table") => $"{what}.t{Interlocked.Increment(ref _names)}";

    /// <summary>Makes a table with keys pk (S) and ck (N), and waits until it can be used.</summary>
    public async Task<string> CreateAsync(Action<CreateTableRequest>? change = null, bool withRecovery = false)
    {
        var request = new CreateTableRequest
        {
            TableName = NewName(),
            AttributeDefinitions = [new("pk", ScalarAttributeType.S), new("ck", ScalarAttributeType.N)],
            KeySchema = [new("pk", KeyType.HASH), new("ck", KeyType.RANGE)],
            ProvisionedThroughput = new ProvisionedThroughput(10, 10),
        };
        change?.Invoke(request);
        await Client.CreateTableAsync(request);
        await ActiveAsync(request.TableName);
        if (withRecovery)
            await RecoverableAsync(request.TableName);

        return request.TableName;
    }

    /// <summary>Switches point-in-time recovery on and waits until it is.</summary>
    public async Task RecoverableAsync(string table)
    {
        await UntilAsync(async () =>
        {
            try
            {
                await Client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
                {
                    TableName = table,
                    PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
                });
                return true;
            }
            catch (ContinuousBackupsUnavailableException)
            {
                return false;
            }
        });
        await UntilAsync(
            async () => (await Client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = table }))
            .ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED);
    }

    public Task PutAsync(string table, string pk, int ck, string value) =>
        Client.PutItemAsync(table, new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
    {
        ["pk"] = new(pk),
        ["ck"] = new() { N = $"{ck}" },
        ["value"] = new(value),
    });

    /// <summary>All values, by key.</summary>
    public async Task<SortedDictionary<string, string>> ValuesAsync(string table)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await Client.ScanAsync(
                new ScanRequest { TableName = table, ExclusiveStartKey = start, Limit = 7, ConsistentRead = true });
            foreach (var item in page.Items)
                values.Add($"{item["pk"].S}/{item["ck"].N}", item.GetValueOrDefault("value")?.S ?? "");

            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });
        return values;
    }

    public Task<TableDescription> ActiveAsync(string table) => DescribedAsync(
        table, t => t.TableStatus == TableStatus.ACTIVE
            && (t.GlobalSecondaryIndexes ?? []).TrueForAll(i => i.IndexStatus == IndexStatus.ACTIVE));

    public async Task<TableDescription> DescribedAsync(string table, Predicate<TableDescription> wanted)
    {
        TableDescription? description = null;
        await UntilAsync(async () => wanted(description = (await Client.DescribeTableAsync(table)).Table));
        return description!;
    }

    public Task GoneAsync(string table) => UntilAsync(async () =>
    {
        try
        {
            await Client.DescribeTableAsync(table);
            return false;
        }
        catch (ResourceNotFoundException)
        {
            return true;
        }
    });

    /// <summary>Makes everything that begins from now on take ten sandbox minutes, so that a test can look at what lies between. Dispose to
    /// go back.</summary>
    public async Task<IAsyncDisposable> SlowAsync()
    {
        string[] names =
        [
            "createTableSeconds", "deleteTableSeconds", "restoreSeconds", "restoreBackupSeconds", "backupSeconds", "updateTableSeconds",
                "continuousBackupsDelaySeconds",
        ];
        await SetAsync(600);
        return new Undo(() => SetAsync(1));

        Task SetAsync(int seconds)
        {
            var times = string.Join(',', names.Select(n => $"\"{n}\":{seconds}"));
            return Sandbox.Control.PatchSettingsAsync("{\"dynamodb\":{" + times + "}}");
        }
    }

    /// <summary>Lets ten sandbox minutes pass at once.</summary>
    public Task SkipAsync() => Sandbox.Control.SendAsync(HttpMethod.Post, "time/advance", """{"seconds":601}""");

    /// <summary>Asks until the answer is yes, every twentieth of a sandbox second or so.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Sandbox.Clock.Delay(TimeSpan.FromSeconds(0.2), patience.Token);
    }

    private sealed class Undo(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }
}
