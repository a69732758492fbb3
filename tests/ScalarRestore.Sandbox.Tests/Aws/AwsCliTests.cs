using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>The real AWS CLI, version 2, unmodified.</summary>
public sealed class AwsCliTests : IAsyncLifetime
{
    private SandboxProcess _sandbox = null!;
    private Dictionary<string, string?> _environment = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxProcess.StartAsync("--time-scale", "20");
        _environment = new(
            _sandbox.Environment, StringComparer.Ordinal) { ["AWS_PAGER"] = "", ["AWS_CONFIG_FILE"] = "/nonexistent",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent" };
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [ToolFact("aws")]
    public async Task Restores_a_table_by_hand()
    {
        await AwsAsync(
            "dynamodb create-table --table-name ns.tbl --attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH --billing-mode PAY_PER_REQUEST");
        await UntilAsync("dynamodb describe-table --table-name ns.tbl", d => (string?)d["Table"]!["TableStatus"] == "ACTIVE");
        await RetryAsync(
            "dynamodb update-continuous-backups --table-name ns.tbl --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
            "ContinuousBackupsUnavailableException");
        await UntilAsync("dynamodb describe-continuous-backups --table-name ns.tbl", d =>
            (string?)d["ContinuousBackupsDescription"]!["PointInTimeRecoveryDescription"]!["PointInTimeRecoveryStatus"] == "ENABLED");
        await PutAsync("ns.tbl", "good");
        var point = await _sandbox.Clock.NextSecondAsync();
        await PutAsync("ns.tbl", "spoilt");
        var expected = await DigestAsync("ns.tbl", point);

        await AwsAsync(
            $"dynamodb restore-table-to-point-in-time --source-table-name ns.tbl --target-table-name ns.tbl.staging --restore-date-time {point.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}");
        await UntilAsync(
            "dynamodb describe-table --table-name ns.tbl.staging", d =>
            (string?)d["Table"]!["TableStatus"] == "ACTIVE" && !(bool)d["Table"]!["RestoreSummary"]!["RestoreInProgress"]!);
        var backup = (string)(
            await RetryAsync(
            "dynamodb create-backup --table-name ns.tbl.staging --backup-name staging-backup",
            "ContinuousBackupsUnavailableException")).Json["BackupDetails"]!["BackupArn"]!;
        await UntilAsync(
            $"dynamodb describe-backup --backup-arn {backup}", d =>
            (string?)d["BackupDescription"]!["BackupDetails"]!["BackupStatus"] == "AVAILABLE");
        await AwsAsync("dynamodb delete-table --table-name ns.tbl");
        await AwsAsync("dynamodb wait table-not-exists --table-name ns.tbl");
        await RetryAsync($"dynamodb restore-table-from-backup --target-table-name ns.tbl --backup-arn {backup}", "TableInUseException");
        await UntilAsync("dynamodb describe-table --table-name ns.tbl", d => (string?)d["Table"]!["TableStatus"] == "ACTIVE");

        Assert.Equal("good", (string?)(await AwsAsync("dynamodb scan --table-name ns.tbl")).Json["Items"]![0]!["pk"]!["S"]);
        Assert.Equal(expected, await DigestAsync("ns.tbl", null));
        var backups = (await AwsAsync("dynamodb list-backups --backup-type ALL")).Json["BackupSummaries"]!.AsArray();
        Assert.Equal(
            ["ns.tbl$DeletedTableBackup", "staging-backup"], backups.Select(b => (string)b!["BackupName"]!).Order(StringComparer.Ordinal));
    }

    [ToolFact("aws")]
    public async Task Keeps_auto_scaling_by_exact_name_beyond_the_table()
    {
        await AwsAsync(
            "dynamodb create-table --table-name t.one --attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=5 --global-secondary-indexes IndexName=gsi,KeySchema=[{AttributeName=pk,KeyType=HASH}],Projection={ProjectionType=ALL},ProvisionedThroughput={ReadCapacityUnits=1,WriteCapacityUnits=1}");
        foreach (var (resource, dimension) in new[] { ("table/t.one", "table"), ("table/t.one/index/gsi", "index") })
        {
            await AwsAsync(
                $"application-autoscaling register-scalable-target --service-namespace dynamodb --resource-id {resource} --scalable-dimension dynamodb:{dimension}:ReadCapacityUnits --min-capacity 1 --max-capacity 10");
            await AwsAsync(
                $"application-autoscaling put-scaling-policy --service-namespace dynamodb --resource-id {resource} --scalable-dimension dynamodb:{dimension}:ReadCapacityUnits --policy-name {resource}-read --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration {{\"TargetValue\":70.0,\"PredefinedMetricSpecification\":{{\"PredefinedMetricType\":\"DynamoDBReadCapacityUtilization\"}}}}");
        }

        await AwsAsync(
            "application-autoscaling put-scheduled-action --service-namespace dynamodb --resource-id table/t.one --scalable-dimension dynamodb:table:ReadCapacityUnits --scheduled-action-name night --schedule rate(1day) --scalable-target-action MinCapacity=1,MaxCapacity=2");
        await UntilAsync("dynamodb describe-table --table-name t.one", d => (string?)d["Table"]!["TableStatus"] == "ACTIVE");
        await AwsAsync("dynamodb delete-table --table-name t.one");
        await AwsAsync("dynamodb wait table-not-exists --table-name t.one");

        Assert.Equal(["table/t.one-read"], (await PoliciesAsync("--resource-id table/t.one")).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await PoliciesAsync("--max-items 2 --page-size 1")).Count);
        Assert.Single(
            (await AwsAsync(
            "application-autoscaling describe-scheduled-actions --service-namespace dynamodb")).Json["ScheduledActions"]!.AsArray());
        await AwsAsync(
            "application-autoscaling deregister-scalable-target --service-namespace dynamodb --resource-id table/t.one --scalable-dimension dynamodb:table:ReadCapacityUnits");
        Assert.Equal(["table/t.one/index/gsi-read"], await PoliciesAsync(""));
        var error = await Tool.RunAsync(
            "aws", Arguments(
            "application-autoscaling register-scalable-target --service-namespace dynamodb --resource-id table/none --scalable-dimension dynamodb:table:ReadCapacityUnits --min-capacity 1 --max-capacity 10"), _environment);
        Assert.Contains("ValidationException", error.Error, StringComparison.Ordinal);
    }

    [ToolFact("aws")]
    public async Task Brings_a_capacity_inside_its_bounds_unless_suspended()
    {
        await AwsAsync(
            "dynamodb create-table --table-name t.two --attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=5");
        await UntilAsync("dynamodb describe-table --table-name t.two", d => (string?)d["Table"]!["TableStatus"] == "ACTIVE");
        await AwsAsync(
            "application-autoscaling register-scalable-target --service-namespace dynamodb --resource-id table/t.two --scalable-dimension dynamodb:table:WriteCapacityUnits --min-capacity 20 --max-capacity 30 --suspended-state DynamicScalingInSuspended=true,DynamicScalingOutSuspended=true,ScheduledScalingSuspended=true");
        await AwsAsync(
            "application-autoscaling register-scalable-target --service-namespace dynamodb --resource-id table/t.two --scalable-dimension dynamodb:table:ReadCapacityUnits --min-capacity 20 --max-capacity 30");
        await UntilAsync(
            "dynamodb describe-table --table-name t.two", d => (int)d["Table"]!["ProvisionedThroughput"]!["ReadCapacityUnits"]! == 20);
        Assert.Equal(
            5, (int)(await AwsAsync(
            "dynamodb describe-table --table-name t.two")).Json["Table"]!["ProvisionedThroughput"]!["WriteCapacityUnits"]!);
    }

    [ToolFact("aws")]
    public async Task Knows_the_caller_and_assumed_roles()
    {
        Assert.Equal(_sandbox.AwsAccountId, (string?)(await AwsAsync("sts get-caller-identity")).Json["Account"]);
        var role = (await AwsAsync(
            "sts assume-role --role-arn arn:aws:iam::111122223333:role/path/restorer --role-session-name test")).Json;
        var keys = role["Credentials"]!;
        var session = new Dictionary<string, string?>(_environment, StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = (string?)keys["AccessKeyId"], ["AWS_SECRET_ACCESS_KEY"] = (string?)keys["SecretAccessKey"],
                ["AWS_SESSION_TOKEN"] = (string?)keys["SessionToken"],
        };
        var identity = (await Tool.RunAsync("aws", Arguments("sts get-caller-identity"), session)).Json;
        Assert.Equal("arn:aws:sts::111122223333:assumed-role/restorer/test", (string?)identity["Arn"]);
        session["AWS_SECRET_ACCESS_KEY"] = "wrong";
        Assert.Contains(
            "SignatureDoesNotMatch", (await Tool.RunAsync("aws", Arguments("sts get-caller-identity"), session)).Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "InvalidSignatureException", (await Tool.RunAsync("aws", Arguments("dynamodb list-tables"), session)).Error,
            StringComparison.Ordinal);
    }

    private string[] Arguments(string line) =>
        ["--endpoint-url", _sandbox.AwsEndpoint.ToString(), "--output", "json", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private async Task<ToolResult> AwsAsync(string line) => (await Tool.RunAsync("aws", Arguments(line), _environment)).Succeeded();

    private Task<ToolResult> PutAsync(string table, string pk) =>
        AwsAsync($"dynamodb put-item --table-name {table} --item {{\"pk\":{{\"S\":\"{pk}\"}}}}");

    private async Task<IReadOnlyList<string>> PoliciesAsync(string more) =>
        [.. (await AwsAsync(
            "application-autoscaling describe-scaling-policies --service-namespace dynamodb " + more)).Json["ScalingPolicies"]!.AsArray().Select(p => (string)p!["PolicyName"]!)];

    private async Task<string> DigestAsync(string table, DateTimeOffset? at) =>
        (string)(await _sandbox.Control.GetAsync(
            $"tables/{table}/digest{(at is { } instant ? $"?at={instant.ToUnixTimeMilliseconds()}" : "")}"))["itemsSha256"]!;

    private async Task UntilAsync(string line, Predicate<JsonNode> wanted)
    {
        for (var i = 0; i < 30; i++)
        {
            if (wanted((await AwsAsync(line)).Json))
                return;
        }

        Assert.Fail($"In vain: {line}");
    }

    private async Task<ToolResult> RetryAsync(string line, string code)
    {
        for (var i = 0; ; i++)
        {
            var result = await Tool.RunAsync("aws", Arguments(line), _environment);
            if (i == 30 || !result.Error.Contains(code, StringComparison.Ordinal))
                return result.Succeeded();
        }
    }
}
