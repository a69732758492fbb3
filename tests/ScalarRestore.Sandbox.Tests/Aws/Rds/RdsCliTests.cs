using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>The real AWS CLI, version 2, unmodified, against RDS.</summary>
public sealed class RdsCliTests : IAsyncLifetime
{
    private SandboxProcess _sandbox = null!;
    private Dictionary<string, string?> _environment = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxProcess.StartAsync("--time-scale", "20");
        _environment = new(_sandbox.Environment, StringComparer.Ordinal)
        {
            ["AWS_PAGER"] = "", ["AWS_CONFIG_FILE"] = "/nonexistent", ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent",
        };
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [ToolFact("aws")]
    public async Task Restores_an_instance_by_hand()
    {
        await _sandbox.Control.SendAsync(
            HttpMethod.Put, "rds/networks/vpc-own", """{"subnets":{"subnet-1":"ap-northeast-1a","subnet-2":"ap-northeast-1c"},"securityGroups":["sg-own"]}""");
        await AwsAsync("rds create-db-subnet-group --db-subnet-group-name own --db-subnet-group-description d --subnet-ids subnet-1 subnet-2");
        await AwsAsync("rds create-db-parameter-group --db-parameter-group-name own --db-parameter-group-family mysql8.0 --description d");
        var created = await AwsAsync(
            "rds create-db-instance --db-instance-identifier Prod --engine mysql --db-instance-class db.m6g.large --allocated-storage 20 --master-username adm --master-user-password secret-123 --db-subnet-group-name own --vpc-security-group-ids sg-own --db-parameter-group-name own --multi-az --enable-cloudwatch-logs-exports error general --tags Key=team,Value=ledger");
        Assert.Equal("creating", (string?)created["DBInstance"]!["DBInstanceStatus"]);
        await InstanceAsync("prod");
        var backup = (await AwsAsync("rds describe-db-instance-automated-backups --db-instance-identifier prod"))["DBInstanceAutomatedBackups"]![0]!;
        var earliest = (string)backup["RestoreWindow"]!["EarliestTime"]!;
        Assert.Contains(
            "different VPCs",
            await ErrorAsync("rds restore-db-instance-to-point-in-time --source-db-instance-identifier prod --target-db-instance-identifier wrong --use-latest-restorable-time --vpc-security-group-ids sg-own"),
            StringComparison.Ordinal);
        await AwsAsync(
            $"rds restore-db-instance-to-point-in-time --source-db-instance-identifier prod --target-db-instance-identifier prod-restored --restore-time {earliest} --db-subnet-group-name own --vpc-security-group-ids sg-own --db-parameter-group-name own --multi-az --enable-cloudwatch-logs-exports error general");
        var restored = await InstanceAsync("prod-restored");
        Assert.Equal(
            ("own", "sg-own", "own", true, "ledger", "error general"),
            ((string?)restored["DBSubnetGroup"]!["DBSubnetGroupName"], (string?)restored["VpcSecurityGroups"]![0]!["VpcSecurityGroupId"],
                (string?)restored["DBParameterGroups"]![0]!["DBParameterGroupName"], (bool)restored["MultiAZ"]!, (string?)restored["TagList"]![0]!["Value"],
                string.Join(' ', restored["EnabledCloudwatchLogsExports"]!.AsArray().Select(l => (string)l!))));

        await AwsAsync(
            "rds modify-db-instance --db-instance-identifier prod-restored --monitoring-interval 60 --monitoring-role-arn arn:aws:iam::123456789012:role/m --new-db-instance-identifier prod-final --apply-immediately");
        Assert.Equal(60, (int)(await InstanceAsync("prod-final"))["MonitoringInterval"]!);
        await AwsAsync("rds add-role-to-db-instance --db-instance-identifier prod-final --role-arn arn:aws:iam::123456789012:role/s3 --feature-name S3_INTEGRATION");
        Assert.Contains("DBInstanceNotFound", await ErrorAsync("rds describe-db-instances --db-instance-identifier prod-restored"), StringComparison.Ordinal);
        var events = (await AwsAsync("rds describe-events --source-type db-instance --source-identifier prod-restored"))["Events"]!.AsArray();
        Assert.Contains(events, e => (string?)e!["Message"] == "Restored from DB instance prod to prod-restored");

        // One page of twenty after the other.
        Assert.Equal(
            "default.postgres16",
            (string?)(await AwsAsync("rds describe-db-parameter-groups --page-size 20"))["DBParameterGroups"]!.AsArray()
                .Single(g => (string?)g!["DBParameterGroupFamily"] == "postgres16")!["DBParameterGroupName"]);
    }

    [ToolFact("aws")]
    public async Task Restores_an_aurora_cluster_by_hand()
    {
        await AwsAsync(
            "rds create-db-cluster --db-cluster-identifier ledger --engine aurora-postgresql --master-username adm --master-user-password secret-123 --tags Key=team,Value=ledger --serverless-v2-scaling-configuration MinCapacity=0.5,MaxCapacity=4");
        await ClusterAsync("ledger");
        await AwsAsync("rds create-db-instance --db-instance-identifier ledger-1 --db-cluster-identifier ledger --engine aurora-postgresql --db-instance-class db.serverless");
        var answer = await AwsAsync(
            "rds restore-db-cluster-to-point-in-time --source-db-cluster-identifier ledger --db-cluster-identifier ledger-restored --use-latest-restorable-time --serverless-v2-scaling-configuration MinCapacity=0.5,MaxCapacity=4");
        Assert.Equal("creating", (string?)answer["DBCluster"]!["Status"]);
        var cluster = await ClusterAsync("ledger-restored");
        Assert.Empty(cluster["DBClusterMembers"]!.AsArray());
        Assert.Equal(0.5, (double)cluster["ServerlessV2ScalingConfiguration"]!["MinCapacity"]!);
        foreach (var name in new[] { "restored-1", "restored-2" })
        {
            await AwsAsync($"rds create-db-instance --db-instance-identifier {name} --db-cluster-identifier ledger-restored --engine aurora-postgresql --db-instance-class db.serverless");
            await InstanceAsync(name);
        }

        await AwsAsync("rds modify-db-cluster --db-cluster-identifier ledger-restored --manage-master-user-password --apply-immediately");
        await UntilAsync(
            "rds describe-db-clusters --db-cluster-identifier ledger-restored",
            d => (string?)d["DBClusters"]![0]!["MasterUserSecret"]?["SecretStatus"] == "active");
        await AwsAsync("rds create-db-cluster-endpoint --db-cluster-identifier ledger-restored --db-cluster-endpoint-identifier reports --endpoint-type READER --static-members restored-2");
        var endpoints = (await AwsAsync("rds describe-db-cluster-endpoints --db-cluster-identifier ledger-restored"))["DBClusterEndpoints"]!.AsArray();
        Assert.Equal(["CUSTOM", "READER", "WRITER"], endpoints.Select(e => (string)e!["EndpointType"]!));
        Assert.Equal("restored-2", (string?)endpoints[0]!["StaticMembers"]![0]);
        var arn = (string)(await ClusterAsync("ledger-restored"))["DBClusterArn"]!;
        await AwsAsync($"rds add-tags-to-resource --resource-name {arn} --tags Key=more,Value=yes");
        Assert.Equal(["more", "team"], (await AwsAsync($"rds list-tags-for-resource --resource-name {arn}"))["TagList"]!.AsArray().Select(t => (string)t!["Key"]!));

        await AwsAsync(
            "application-autoscaling register-scalable-target --service-namespace rds --resource-id cluster:ledger-restored --scalable-dimension rds:cluster:ReadReplicaCount --min-capacity 1 --max-capacity 3");
        Assert.Contains(
            "does not exist",
            await ErrorAsync("application-autoscaling register-scalable-target --service-namespace rds --resource-id cluster:none --scalable-dimension rds:cluster:ReadReplicaCount --min-capacity 1 --max-capacity 3"),
            StringComparison.Ordinal);
        var policy = await AwsAsync(
            "application-autoscaling put-scaling-policy --service-namespace rds --resource-id cluster:ledger-restored --scalable-dimension rds:cluster:ReadReplicaCount --policy-name p --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration {\"TargetValue\":70.0,\"PredefinedMetricSpecification\":{\"PredefinedMetricType\":\"RDSReaderAverageCPUUtilization\"}}");
        Assert.Contains("resource/rds/cluster:ledger-restored", (string?)policy["PolicyARN"], StringComparison.Ordinal);
        Assert.Single((await AwsAsync("application-autoscaling describe-scalable-targets --service-namespace rds"))["ScalableTargets"]!.AsArray());
    }

    [ToolFact("aws")]
    public async Task Answers_errors_faults_and_controls()
    {
        Assert.Contains("(DBClusterNotFoundFault)", await ErrorAsync("rds describe-db-clusters --db-cluster-identifier none"), StringComparison.Ordinal);
        await _sandbox.Control.SetFaultsAsync("""{"service":"rds","operation":"Describe*","effect":"throttle","times":1}""");
        var environment = new Dictionary<string, string?>(_environment, StringComparer.Ordinal) { ["AWS_MAX_ATTEMPTS"] = "1" };
        Assert.Contains("(Throttling)", (await Tool.RunAsync("aws", Arguments("rds describe-db-instances"), environment)).Error, StringComparison.Ordinal);
        environment["AWS_SECRET_ACCESS_KEY"] = "wrong";
        Assert.Contains("(SignatureDoesNotMatch)", (await Tool.RunAsync("aws", Arguments("rds describe-db-instances"), environment)).Error, StringComparison.Ordinal);

        var keys = await _sandbox.Control.SendAsync(HttpMethod.Put, "rds/keys/alias%2Fown", """{"enabled":false}""");
        Assert.False((bool)keys["keys"]!["arn:aws:kms:ap-northeast-1:123456789012:alias/own"]!);
        const string Create = "rds create-db-instance --db-instance-identifier i --engine postgres --db-instance-class db.m6g.large --allocated-storage 20 --master-username adm --master-user-password secret-123 --storage-encrypted --kms-key-id alias/own";
        Assert.Contains("(KMSKeyNotAccessibleFault)", await ErrorAsync(Create), StringComparison.Ordinal);
        await _sandbox.Control.SendAsync(HttpMethod.Put, "rds/keys/alias/own", """{"enabled":true}""");
        await _sandbox.Control.SendAsync(HttpMethod.Put, "rds/quotas", """{"instances":0}""");
        Assert.Contains("(InstanceQuotaExceeded)", await ErrorAsync(Create), StringComparison.Ordinal);
        await _sandbox.Control.SendAsync(HttpMethod.Delete, "rds/quotas");
        await AwsAsync(Create);

        var region = Assert.Single((await _sandbox.Control.StateAsync(includeVolatile: false))["rds"]!.AsArray())!;
        Assert.Equal("i", (string?)region["instances"]![0]!["DBInstanceIdentifier"]);
        Assert.Null(region["instances"]![0]!["DbiResourceId"]);
        Assert.Contains(await _sandbox.Control.CallsAsync(), c => c is { Service: "rds", Operation: "CreateDBInstance", Resource: "i", IsWrite: true, Status: 200 });
    }

    private string[] Arguments(string line) =>
        ["--endpoint-url", _sandbox.AwsEndpoint.ToString(), "--output", "json", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private async Task<JsonNode> AwsAsync(string line)
    {
        var result = (await Tool.RunAsync("aws", Arguments(line), _environment)).Succeeded();
        return result.Output.Trim().Length == 0 ? new JsonObject() : result.Json;
    }

    private async Task<string> ErrorAsync(string line)
    {
        var result = await Tool.RunAsync("aws", Arguments(line), _environment);
        Assert.NotEqual(0, result.ExitCode);
        return result.Error;
    }

    // An instance leaves "available" again, so one such answer proves nothing.
    private async Task<JsonNode> InstanceAsync(string id)
    {
        var inARow = 0;
        var found = await UntilAsync(
            $"rds describe-db-instances --filters Name=db-instance-id,Values={id}",
            d => d["DBInstances"]!.AsArray() is [{ } instance] && (inARow = (string?)instance["DBInstanceStatus"] == "available" ? inARow + 1 : 0) == 2);
        return found["DBInstances"]![0]!;
    }

    private async Task<JsonNode> ClusterAsync(string id) =>
        (await UntilAsync($"rds describe-db-clusters --db-cluster-identifier {id}", d => (string?)d["DBClusters"]![0]!["Status"] == "available"))["DBClusters"]![0]!;

    private async Task<JsonNode> UntilAsync(string line, Predicate<JsonNode> wanted)
    {
        for (var i = 0; i < 30; i++)
        {
            var answer = await AwsAsync(line);
            if (wanted(answer))
                return answer;
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"In vain: {line}"));
    }
}
