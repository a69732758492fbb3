using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Benchmarks.Makespan;
using ScalarRestore.Drill.Databases.DynamoDb;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Benchmarks.ByHand;

/// <summary>The guide as a person walks it: table after table, one command after the other, with a sleep between two looks.</summary>
internal sealed class HandRestore(AwsCli cli, SandboxChild sandbox)
{
    private const string Suffix = "-by-hand";

    /// <summary>What it took.</summary>
    public HandTimer Timer { get; } = new();

    /// <summary>Restores one table by the guide.</summary>
    public async Task RestoreAsync(TableSpec table, CancellationToken cancellationToken)
    {
        var (name, copy) = (table.Name, table.Name + Suffix);
        await DoAsync(["dynamodb", "restore-table-to-point-in-time", "--source-table-name", name, "--target-table-name", copy, "--use-latest-restorable-time"], cancellationToken);
        await UntilActiveAsync(copy, "restore-pitr", cancellationToken);

        var backup = (string)(await DoAsync(["dynamodb", "create-backup", "--table-name", copy, "--backup-name", copy], cancellationToken))["BackupDetails"]!["BackupArn"]!;
        await UntilAsync(
            ["dynamodb", "describe-backup", "--backup-arn", backup],
            answer => (string?)answer?["BackupDescription"]!["BackupDetails"]!["BackupStatus"] == "AVAILABLE", copy, "backup", cancellationToken);

        await DeleteAsync(copy, cancellationToken);
        await DeleteAsync(name, cancellationToken);

        await DoAsync(["dynamodb", "restore-table-from-backup", "--target-table-name", name, "--backup-arn", backup], cancellationToken);
        await UntilActiveAsync(name, "restore-backup", cancellationToken);
        await SettingsAsync(table, cancellationToken);
    }

    private async Task SettingsAsync(TableSpec table, CancellationToken cancellationToken)
    {
        var name = table.Name;
        await DoAsync(["dynamodb", "update-continuous-backups", "--table-name", name, "--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true"], cancellationToken);
        if (table.Tags.Count > 0)
        {
            var arn = (string)(await DoAsync(["dynamodb", "describe-table", "--table-name", name], cancellationToken))["Table"]!["TableArn"]!;
            await DoAsync(["dynamodb", "tag-resource", "--resource-arn", arn, "--tags", .. table.Tags.Select(tag => $"Key={tag.Key},Value={tag.Value}")], cancellationToken);
        }

        if (table.TimeToLive)
        {
            await DoAsync(["dynamodb", "update-time-to-live", "--table-name", name, "--time-to-live-specification", "Enabled=true,AttributeName=expires_at"], cancellationToken);
        }

        var units = table.Units.ToString(CultureInfo.InvariantCulture);
        foreach (var direction in table.AutoScaled ? ["Read", "Write"] : Array.Empty<string>())
        {
            string[] target = ["--service-namespace", "dynamodb", "--resource-id", $"table/{name}", "--scalable-dimension", $"dynamodb:table:{direction}CapacityUnits"];
            var tracking = $$$"""{"TargetValue":70,"PredefinedMetricSpecification":{"PredefinedMetricType":"DynamoDB{{{direction}}}CapacityUtilization"}}""";
            await DoAsync(["application-autoscaling", "register-scalable-target", .. target, "--min-capacity", units, "--max-capacity", units], cancellationToken);
            await DoAsync(
                [
                    "application-autoscaling", "put-scaling-policy", .. target, "--policy-type", "TargetTrackingScaling",
                    "--policy-name", $"table/{name}-{direction.ToLowerInvariant()}", "--target-tracking-scaling-policy-configuration", tracking,
                ],
                cancellationToken);
        }
    }

    private async Task DeleteAsync(string table, CancellationToken cancellationToken)
    {
        await DoAsync(["dynamodb", "delete-table", "--table-name", table], cancellationToken);
        await UntilAsync(["dynamodb", "describe-table", "--table-name", table], answer => answer is null, table, "delete", cancellationToken);
    }

    private Task UntilActiveAsync(string table, string kind, CancellationToken cancellationToken) =>
        UntilAsync(["dynamodb", "describe-table", "--table-name", table], answer => (string?)answer?["Table"]!["TableStatus"] == "ACTIVE", table, kind, cancellationToken);

    /// <summary>Tries until the service takes it on: it refuses for a while after a table came or went.</summary>
    private async Task<JsonNode> DoAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (answer, error, took) = await cli.RunAsync(command, cancellationToken);
            if (answer is not null)
            {
                Timer.Command(took);
                return answer;
            }

            if (!error.Contains("ContinuousBackupsUnavailable", StringComparison.Ordinal) && !error.Contains("TableInUse", StringComparison.Ordinal) && !error.Contains("ResourceInUse", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"aws {string.Join(' ', command)}: {error}");
            }

            Timer.Refused(took);
            await sandbox.DelayAsync(HandTimer.Sleep, cancellationToken);
        }
    }

    private async Task UntilAsync(
        IReadOnlyList<string> command, Func<JsonNode?, bool> isOver, string table, string kind, CancellationToken cancellationToken)
    {
        while (true)
        {
            await sandbox.DelayAsync(HandTimer.Sleep, cancellationToken);
            var (answer, _, took) = await cli.RunAsync(command, cancellationToken);
            Timer.Look(took);
            if (isOver(answer))
            {
                break;
            }
        }

        var operations = ServiceOperation.Read(await sandbox.Control.OperationsAsync(cancellationToken));
        Timer.Wait(operations.Last(o => o.Kind == kind && o.Table == table));
    }
}
