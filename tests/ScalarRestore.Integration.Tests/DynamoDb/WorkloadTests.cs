using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ScalarRestore.Engine.Databases.DynamoDb;

namespace ScalarRestore.Integration.Tests.DynamoDb;

/// <summary>Tables found from workloads through ScalarDB's own metadata.</summary>
public sealed class WorkloadTests(DynamoSandbox sandbox) : IClassFixture<DynamoSandbox>
{
    [Fact]
    public async Task Ledger_and_auditor_in_one_account_are_found_and_told_apart()
    {
        foreach (var table in (string[])["l_scalar.asset", "l_coordinator.state", "l_auditor.asset", "l_functions.data", "l_scalar.forgotten"])
            await TableMaker.PlainAsync(sandbox.Raw, table);
        await MetadataAsync("l_", pointInTimeRecovery: true, "l_scalar.asset", "l_coordinator.state", "l_auditor.asset", "l_functions.data");
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);

        var ledger = Assert.Single(await provider.FindAsync(Query(Workload("ledger", ScalarProduct.Ledger, "l_")), CancellationToken.None));
        Assert.Equal(["l_coordinator.state", "l_functions.data", "l_scalar.asset", "l_scalardb.metadata"], ledger.Tables.Select(t => t.Name));
        Assert.Equal(["prod/ledger"], ledger.Workloads);
        var auditor = Assert.Single(await provider.FindAsync(Query(Workload("auditor", ScalarProduct.Auditor, "l_")), CancellationToken.None));
        Assert.Equal(["l_auditor.asset", "l_scalardb.metadata"], auditor.Tables.Select(t => t.Name));

        var both = await provider.CaptureAsync(
            Query(Workload("ledger", ScalarProduct.Ledger, "l_"), Workload("auditor", ScalarProduct.Auditor, "l_")),
            DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync()),
            CancellationToken.None);
        var capture = Assert.IsType<DynamoDbCapture>(both);
        Assert.Equal(5, capture.Tables.Count);
        Assert.Contains(capture.Tables, t => t.Identity.Name == "l_coordinator.state");
        Assert.Contains(capture.Warnings, w => w.Contains("l_scalar.forgotten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_metadata_table_without_history_is_left_out_with_a_warning()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "m_app.t");
        await MetadataAsync("m_", pointInTimeRecovery: false, "m_app.t");
        using var factory = sandbox.Factory();
        var capture = (DynamoDbCapture)await sandbox.Provider(factory).CaptureAsync(
            Query(Workload("db", ScalarProduct.Server, "m_")), DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync()), CancellationToken.None);
        Assert.Equal("m_app.t", Assert.Single(capture.Tables).Identity.Name);
        Assert.Contains(capture.Warnings, w => w.Contains("m_scalardb.metadata", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_only_the_metadata_knows_is_one_fault_among_all()
    {
        await TableMaker.PlainAsync(sandbox.Raw, "g_app.off", pointInTimeRecovery: false);
        await MetadataAsync("g_", pointInTimeRecovery: true, "g_app.off", "g_app.gone");
        using var factory = sandbox.Factory();
        var time = await sandbox.Process.Clock.NextSecondAsync();
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(factory).CaptureAsync(Query(Workload("db", ScalarProduct.Server, "g_")), DynamoSandbox.Intent(time), CancellationToken.None));
        Assert.Equal(["PointInTimeRecoveryOff", "TableNotFound"], fault.Faults.Select(f => f.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tables_that_a_selection_by_name_leaves_out_are_a_warning_that_begins_with_the_coordinator()
    {
        foreach (var table in (string[])["s_app.a", "s_app.b", "s_coordinator.state"])
            await TableMaker.PlainAsync(sandbox.Raw, table);
        await MetadataAsync("s_", pointInTimeRecovery: true, "s_app.a", "s_app.b", "s_coordinator.state");
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var intent = DynamoSandbox.Intent(await sandbox.Process.Clock.NextSecondAsync());

        var subset = await CaptureAsync("s_app.a");
        Assert.Contains(": s_coordinator.state, s_app.b, s_scalardb.metadata;", Assert.Single(subset.Warnings), StringComparison.Ordinal);
        Assert.Equal("s_app.a", Assert.Single(subset.Tables).Identity.Name);
        Assert.Empty((await CaptureAsync("s_app.a", "s_app.b", "s_coordinator.state")).Warnings);

        async Task<DynamoDbCapture> CaptureAsync(params string[] tables) => (DynamoDbCapture)await provider.CaptureAsync(
            Query(Workload("db", ScalarProduct.Server, "s_")) with { Selection = new DatabaseSelection { TableNames = tables } }, intent, CancellationToken.None);
    }

    [Fact]
    public async Task A_wrong_prefix_is_said_as_such()
    {
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(factory).FindAsync(Query(Workload("db", ScalarProduct.Server, "none_")), CancellationToken.None));
        Assert.Equal("MetadataTableNotFound", fault.Id);
        Assert.Contains("none_scalardb.metadata", fault.Message, StringComparison.Ordinal);
    }

    private async Task MetadataAsync(string prefix, bool pointInTimeRecovery, params string[] tables)
    {
        var name = $"{prefix}scalardb.metadata";
        await sandbox.Raw.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("table", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("table", ScalarAttributeType.S)],
        });
        await TableMaker.ActiveAsync(sandbox.Raw, name);
        if (pointInTimeRecovery)
            await TableMaker.RecoverableAsync(sandbox.Raw, name);
        foreach (var table in tables)
            await sandbox.Raw.PutItemAsync(name, new(StringComparer.Ordinal) { ["table"] = new AttributeValue { S = table } });
    }

    private static DatabaseQuery Query(params ScalarWorkload[] workloads) => new() { Workloads = workloads };

    private ScalarWorkload Workload(string name, ScalarProduct product, string prefix) => new()
    {
        Name = name,
        Namespace = "prod",
        Product = product,
        Chart = "scalardb",
        ChartVersion = "1",
        Revision = 1,
        ReleaseStatus = "deployed",
        Deployment = name,
        Replicas = 1,
        ReadyReplicas = 1,
        Pods = 1,
        Cluster = "c",
        Connection = new KubernetesConnection(),
        Storages = [new WorkloadStorage { Storage = "dynamo", ContactPoints = sandbox.Process.AwsRegion, NamespacePrefix = prefix }],
    };
}
