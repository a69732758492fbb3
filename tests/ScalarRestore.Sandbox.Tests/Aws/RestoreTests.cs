using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>Point-in-time restores and backups, driven by the .NET client.</summary>
public sealed class RestoreTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private readonly AmazonDynamoDBClient _client = fixture.Client;

    [Fact]
    public async Task Restores_items_as_of_the_second_asked_for()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        await fixture.PutAsync(table, "a", 1, "before");
        await fixture.PutAsync(table, "b", 1, "before");
        var point = await fixture.Sandbox.Clock.NextSecondAsync();
        await fixture.PutAsync(table, "a", 1, "after");
        await fixture.PutAsync(table, "c", 1, "after");
        await _client.DeleteItemAsync(table, new() { ["pk"] = new("b"), ["ck"] = new() { N = "1" } });

        var restored = await RestoreAsync(table, point);

        Assert.Equal(["a/1=before", "b/1=before"], (await fixture.ValuesAsync(restored)).Select(v => $"{v.Key}={v.Value}"));
        Assert.Equal(["a/1=after", "c/1=after"], (await fixture.ValuesAsync(table)).Select(v => $"{v.Key}={v.Value}"));
        var state = await fixture.Sandbox.Control.GetAsync($"tables/{table}/digest?at={point.ToUnixTimeMilliseconds()}");
        Assert.Equal(
            (string?)state["itemsSha256"], (string?)(await fixture.Sandbox.Control.GetAsync($"tables/{restored}/digest"))["itemsSha256"]);
    }

    [Fact]
    public async Task Replaces_a_table_by_its_restored_self()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        await fixture.PutAsync(table, "a", 1, "good");
        var point = await fixture.Sandbox.Clock.NextSecondAsync();
        await fixture.PutAsync(table, "a", 1, "spoilt");
        var old = (await _client.DescribeTableAsync(table)).Table;

        var staging = await RestoreAsync(table, point);
        var backup = await BackupAsync(staging);
        await _client.DeleteTableAsync(table);
        await fixture.GoneAsync(table);
        await using (await fixture.SlowAsync())
        {
            await fixture.UntilAsync(async () =>
            {
                try
                {
                    await _client.RestoreTableFromBackupAsync(
                        new RestoreTableFromBackupRequest { BackupArn = backup.BackupArn, TargetTableName = table });
                    return true;
                }
                catch (TableInUseException)
                {
                    return false;
                }
            });
            Assert.Equal(TableStatus.CREATING, (await _client.DescribeTableAsync(table)).Table.TableStatus);
            await Assert.ThrowsAsync<BackupInUseException>(
                () => _client.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = backup.BackupArn }));
            await fixture.SkipAsync();
        }

        var fresh = await fixture.ActiveAsync(table);

        Assert.Equal(["a/1=good"], (await fixture.ValuesAsync(table)).Select(v => $"{v.Key}={v.Value}"));
        Assert.Equal(old.TableArn, fresh.TableArn);
        Assert.NotEqual(old.TableId, fresh.TableId);
        Assert.False(fresh.RestoreSummary.RestoreInProgress);
        Assert.Equal(backup.BackupArn, fresh.RestoreSummary.SourceBackupArn);
        var system = await _client.ListBackupsAsync(new ListBackupsRequest { TableName = table, BackupType = BackupTypeFilter.SYSTEM });
        Assert.Equal($"{table}$DeletedTableBackup", Assert.Single(system.BackupSummaries).BackupName);
        await _client.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = backup.BackupArn });
        await Assert.ThrowsAsync<BackupNotFoundException>(
            () => _client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = backup.BackupArn }));
    }

    [Fact]
    public async Task Drops_what_AWS_drops_and_keeps_what_it_keeps()
    {
        var table = await fixture.CreateAsync(r =>
        {
            r.AttributeDefinitions.Add(new("other", ScalarAttributeType.S));
            r.GlobalSecondaryIndexes =
            [
                new() { IndexName = "byOther", KeySchema = [new("other", KeyType.HASH)],
                    Projection = new() { ProjectionType = ProjectionType.ALL }, ProvisionedThroughput = new(3, 4) },
            ];
            r.LocalSecondaryIndexes =
                [new() { IndexName = "local", KeySchema = [new("pk", KeyType.HASH), new("other", KeyType.RANGE)],
                Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } }];
            r.StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE };
            r.SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = "alias/mine" };
            r.Tags = [new() { Key = "owner", Value = "me" }];
            r.DeletionProtectionEnabled = true;
            r.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS;
        }, withRecovery: true);
        await _client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = table, TimeToLiveSpecification = new() { AttributeName = "ttl", Enabled = true } });
        await _client.EnableKinesisStreamingDestinationAsync(
            new EnableKinesisStreamingDestinationRequest { TableName = table,
            StreamArn = "arn:aws:kinesis:ap-northeast-1:123456789012:stream/s" });
        await _client.UpdateContributorInsightsAsync(
            new UpdateContributorInsightsRequest { TableName = table, IndexName = "byOther",
            ContributorInsightsAction = ContributorInsightsAction.ENABLE });
        var source = (await _client.DescribeTableAsync(table)).Table;
        await _client.PutResourcePolicyAsync(
            new PutResourcePolicyRequest { ResourceArn = source.TableArn, Policy = "{\"Version\":\"2012-10-17\"}" });

        var restored = await fixture.ActiveAsync(await RestoreAsync(table, at: null));

        Assert.Equal(
            [(3L, 4L)], restored.GlobalSecondaryIndexes.Select(
            i => (i.ProvisionedThroughput.ReadCapacityUnits!.Value, i.ProvisionedThroughput.WriteCapacityUnits!.Value)));
        Assert.Equal("local", Assert.Single(restored.LocalSecondaryIndexes).IndexName);
        Assert.Equal(10, restored.ProvisionedThroughput.ReadCapacityUnits);
        Assert.Equal(source.SSEDescription.KMSMasterKeyArn, restored.SSEDescription.KMSMasterKeyArn);
        Assert.Equal(TableClass.STANDARD_INFREQUENT_ACCESS, source.TableClassSummary.TableClass);

        Assert.Null(restored.StreamSpecification);
        Assert.Null(restored.LatestStreamArn);
        Assert.Null(restored.TableClassSummary);
        Assert.False(restored.DeletionProtectionEnabled);
        Assert.Equal(
            TimeToLiveStatus.DISABLED, (await _client.DescribeTimeToLiveAsync(restored.TableName)).TimeToLiveDescription.TimeToLiveStatus);
        Assert.Empty((await _client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = restored.TableArn })).Tags ?? []);
        Assert.Empty(
            (await _client.DescribeKinesisStreamingDestinationAsync(
            new DescribeKinesisStreamingDestinationRequest { TableName = restored.TableName })).KinesisDataStreamDestinations ?? []);
        Assert.Equal(
            ContributorInsightsStatus.DISABLED,
            (await _client.DescribeContributorInsightsAsync(
            new DescribeContributorInsightsRequest { TableName = restored.TableName, IndexName = "byOther" })).ContributorInsightsStatus);
        await Assert.ThrowsAsync<PolicyNotFoundException>(
            () => _client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = restored.TableArn }));
        Assert.Equal(
            PointInTimeRecoveryStatus.DISABLED,
            (await _client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = restored.TableName }))
            .ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus);
    }

    [Fact]
    public async Task Obeys_overrides()
    {
        var table = await fixture.CreateAsync(r =>
        {
            r.AttributeDefinitions.Add(new("other", ScalarAttributeType.S));
            r.GlobalSecondaryIndexes =
            [
                new() { IndexName = "byOther", KeySchema = [new("other", KeyType.HASH)],
                    Projection = new() { ProjectionType = ProjectionType.ALL }, ProvisionedThroughput = new(3, 4) },
            ];
        }, withRecovery: true);
        var target = fixture.NewName("restored");
        await _client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = table,
            TargetTableName = target,
            UseLatestRestorableTime = true,
            BillingModeOverride = BillingMode.PAY_PER_REQUEST,
        });
        var restored = await fixture.ActiveAsync(target);
        Assert.Equal(BillingMode.PAY_PER_REQUEST, restored.BillingModeSummary.BillingMode);
        Assert.Equal(0, restored.ProvisionedThroughput.ReadCapacityUnits);
        Assert.Equal(0, Assert.Single(restored.GlobalSecondaryIndexes).ProvisionedThroughput.ReadCapacityUnits);
    }

    [Fact]
    public async Task Refuses_times_outside_the_window_and_tables_without_recovery()
    {
        var table = await fixture.CreateAsync();
        await Assert.ThrowsAsync<PointInTimeRecoveryUnavailableException>(() => RestoreAsync(table, at: null));
        await fixture.RecoverableAsync(table);
        var window = (
            await _client.DescribeContinuousBackupsAsync(
            new DescribeContinuousBackupsRequest { TableName = table })).ContinuousBackupsDescription.PointInTimeRecoveryDescription;
        var earliest = new DateTimeOffset(window.EarliestRestorableDateTime!.Value.ToUniversalTime());
        var future = (await fixture.Sandbox.Clock.AskAsync()).AddHours(1);
        await Assert.ThrowsAsync<InvalidRestoreTimeException>(() => RestoreAsync(table, earliest.AddSeconds(-1)));
        await Assert.ThrowsAsync<InvalidRestoreTimeException>(() => RestoreAsync(table, future));
        await Assert.ThrowsAsync<TableNotFoundException>(() => RestoreAsync("no.such.table", at: null));
        var taken = await fixture.CreateAsync();
        await Assert.ThrowsAsync<TableAlreadyExistsException>(() => RestoreAsync(table, at: null, taken));
    }

    [Fact]
    public async Task Forgets_history_with_the_table_and_when_recovery_is_switched_off()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        await fixture.PutAsync(table, "a", 1, "first");
        var point = await fixture.Sandbox.Clock.NextSecondAsync();
        await _client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
        {
            TableName = table,
            PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = false },
        });
        await fixture.RecoverableAsync(table);
        await Assert.ThrowsAsync<InvalidRestoreTimeException>(() => RestoreAsync(table, point));
    }

    [Fact]
    public async Task Counts_items_only_every_few_hours()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        await fixture.PutAsync(table, "a", 1, "x");
        Assert.Equal(0, (await _client.DescribeTableAsync(table)).Table.ItemCount);
        var restored = await RestoreAsync(table, at: null);
        Assert.Equal(0, (await _client.DescribeTableAsync(restored)).Table.ItemCount);
        Assert.Single(await fixture.ValuesAsync(restored));
    }

    [Fact]
    public async Task Backs_up_only_what_is_ready_and_guards_the_table_meanwhile()
    {
        var request = new CreateTableRequest
        {
            TableName = fixture.NewName(),
            AttributeDefinitions = [new("pk", ScalarAttributeType.S)],
            KeySchema = [new("pk", KeyType.HASH)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        };
        await using var slow = await fixture.SlowAsync();
        await _client.CreateTableAsync(request);
        await Assert.ThrowsAsync<TableInUseException>(() => BackUpAsync("early"));
        await fixture.SkipAsync();
        await Assert.ThrowsAsync<ContinuousBackupsUnavailableException>(() => BackUpAsync("early"));
        await fixture.SkipAsync();

        var details = await BackUpAsync("good");
        Assert.Equal(BackupStatus.CREATING, details.BackupStatus);
        await Assert.ThrowsAsync<ResourceInUseException>(() => _client.DeleteTableAsync(request.TableName));
        await Assert.ThrowsAsync<BackupInUseException>(
            () => _client.RestoreTableFromBackupAsync(
            new RestoreTableFromBackupRequest { BackupArn = details.BackupArn, TargetTableName = fixture.NewName() }));
        await fixture.SkipAsync();
        var described = (await _client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = details.BackupArn })).BackupDescription;
        Assert.Equal(BackupStatus.AVAILABLE, described.BackupDetails.BackupStatus);
        Assert.Equal(BillingMode.PAY_PER_REQUEST, described.SourceTableDetails.BillingMode);

        async Task<BackupDetails> BackUpAsync(string name) =>
            (await _client.CreateBackupAsync(new CreateBackupRequest { TableName = request.TableName, BackupName = name })).BackupDetails;
    }

    private async Task<string> RestoreAsync(string table, DateTimeOffset? at, string? target = null)
    {
        target ??= fixture.NewName("restored");
        await _client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = table,
            TargetTableName = target,
            RestoreDateTime = at?.UtcDateTime,
            UseLatestRestorableTime = at is null ? true : null,
        });
        await fixture.ActiveAsync(target);
        return target;
    }

    private async Task<BackupDetails> BackupAsync(string table)
    {
        BackupDetails? details = null;
        await fixture.UntilAsync(async () =>
        {
            try
            {
                details = (await _client.CreateBackupAsync(
                    new CreateBackupRequest { TableName = table, BackupName = "sr-test" })).BackupDetails;
                return true;
            }
            catch (ContinuousBackupsUnavailableException)
            {
                return false;
            }
        });
        await fixture.UntilAsync(
            async () => (
            await _client.DescribeBackupAsync(
            new DescribeBackupRequest { BackupArn =
            details!.BackupArn })).BackupDescription.BackupDetails.BackupStatus == BackupStatus.AVAILABLE);
        return details!;
    }
}
