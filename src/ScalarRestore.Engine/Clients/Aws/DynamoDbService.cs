using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// DynamoDB's operations on tables, through <see cref="AwsCalls"/>. Absence is an answer (null), not a fault; everything else that goes wrong
/// is a <see cref="RestoreException"/>.
/// </summary>
internal sealed partial class DynamoDbService(IAmazonDynamoDB client, AwsCalls calls)
{
    /// <summary>The code of a restore or a backup that must wait for other operations of the account.</summary>
    public const string LimitExceeded = "LimitExceededException";

    /// <summary>The names of all tables of the account and region.</summary>
    public async Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string? last = null;
        do
        {
            var request = new ListTablesRequest { ExclusiveStartTableName = last };
            var page = await SendAsync("ListTables", "the account's tables", token => client.ListTablesAsync(request, token), cancellationToken).ConfigureAwait(false);
            names.AddRange(page.TableNames ?? []);
            last = page.LastEvaluatedTableName;
        }
        while (last is not null);

        return names;
    }

    /// <summary>The table, or null if there is none.</summary>
    public Task<TableDescription?> DescribeTableAsync(string table, CancellationToken cancellationToken) =>
        OrNullAsync(async () =>
        {
            var answer = await SendAsync(
                "DescribeTable", table, token => client.DescribeTableAsync(new DescribeTableRequest { TableName = table }, token), cancellationToken).ConfigureAwait(false);
            return answer.Table;
        });

    /// <summary>The table's continuous backups.</summary>
    public async Task<ContinuousBackupsDescription> DescribeContinuousBackupsAsync(string table, CancellationToken cancellationToken)
    {
        var request = new DescribeContinuousBackupsRequest { TableName = table };
        var answer = await SendAsync("DescribeContinuousBackups", table, token => client.DescribeContinuousBackupsAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.ContinuousBackupsDescription;
    }

    /// <summary>Switches point-in-time recovery on.</summary>
    public Task EnablePointInTimeRecoveryAsync(string table, int? days, CancellationToken cancellationToken) =>
        SendAsync(
            "UpdateContinuousBackups",
            table,
            token => client.UpdateContinuousBackupsAsync(
                new UpdateContinuousBackupsRequest
                {
                    TableName = table,
                    PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true, RecoveryPeriodInDays = days },
                },
                token),
            cancellationToken);

    /// <summary>Starts a restore to a point in time. A lost answer is not repeated.</summary>
    public async Task<TableDescription> RestoreToPointInTimeAsync(RestoreTableToPointInTimeRequest request, CancellationToken cancellationToken)
    {
        var answer = await OnceAsync(
            "RestoreTableToPointInTime", request.TargetTableName, token => client.RestoreTableToPointInTimeAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.TableDescription;
    }

    /// <summary>Starts a restore from a backup. A lost answer is not repeated.</summary>
    public async Task<TableDescription> RestoreFromBackupAsync(RestoreTableFromBackupRequest request, CancellationToken cancellationToken)
    {
        var answer = await OnceAsync(
            "RestoreTableFromBackup", request.TargetTableName, token => client.RestoreTableFromBackupAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.TableDescription;
    }

    /// <summary>Changes one thing of a table. A lost answer is not repeated.</summary>
    public Task UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellationToken) =>
        OnceAsync("UpdateTable", request.TableName, token => client.UpdateTableAsync(request, token), cancellationToken);

    /// <summary>Starts the deletion of a table. A lost answer is not repeated, since by then another table may bear the name.</summary>
    public Task DeleteTableAsync(string table, CancellationToken cancellationToken) =>
        OnceAsync("DeleteTable", table, token => client.DeleteTableAsync(new DeleteTableRequest { TableName = table }, token), cancellationToken);

    /// <summary>The on-demand backups of the table of that name which are called so.</summary>
    public async Task<IReadOnlyList<BackupSummary>> ListBackupsAsync(string table, string backupName, CancellationToken cancellationToken)
    {
        var found = new List<BackupSummary>();
        string? last = null;
        do
        {
            var request = new ListBackupsRequest { TableName = table, BackupType = BackupTypeFilter.USER, ExclusiveStartBackupArn = last };
            var page = await SendAsync("ListBackups", table, token => client.ListBackupsAsync(request, token), cancellationToken).ConfigureAwait(false);
            found.AddRange((page.BackupSummaries ?? []).Where(b => b.BackupName == backupName));
            last = page.LastEvaluatedBackupArn;
        }
        while (last is not null);

        return found;
    }

    /// <summary>Starts a backup. A lost answer is not repeated, since that would make a second one.</summary>
    public async Task<BackupDetails> CreateBackupAsync(string table, string backupName, CancellationToken cancellationToken)
    {
        var request = new CreateBackupRequest { TableName = table, BackupName = backupName };
        var answer = await OnceAsync("CreateBackup", table, token => client.CreateBackupAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.BackupDetails;
    }

    /// <summary>The backup, or null if there is none.</summary>
    public async Task<BackupDescription?> DescribeBackupAsync(string backupArn, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(
                "DescribeBackup",
                backupArn,
                token => client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = backupArn }, token),
                cancellationToken).ConfigureAwait(false);
            return answer.BackupDescription;
        }
        catch (RestoreException fault) when (fault.Id == "BackupNotFound")
        {
            return null;
        }
    }

    /// <summary>One page of a scan.</summary>
    public Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        SendAsync("Scan", request.TableName, token => client.ScanAsync(request, token), cancellationToken);

    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (RestoreException fault) when (fault.Id == "TableNotFound")
        {
            return null;
        }
    }

    private Task<T> SendAsync<T>(string operation, string target, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        calls.SendAsync(new AwsCall("dynamodb", operation, target), send, cancellationToken);

    private Task<T> OnceAsync<T>(string operation, string target, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        calls.SendAsync(new AwsCall("dynamodb", operation, target) { Once = true }, send, cancellationToken);
}
