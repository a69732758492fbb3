using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.DynamoDb.Selecting;

namespace ScalarRestore.Engine.Tests.DynamoDb;

public sealed class SelectionTests
{
    private static readonly AwsClientFactory Factory = new(new AwsClientSettings(), TimeProvider.System);

    [Theory]
    [InlineData(ScalarProduct.Ledger, "scalar", true)]
    [InlineData(ScalarProduct.Ledger, "scalar_tenant", true)]
    [InlineData(ScalarProduct.Ledger, "coordinator", true)]
    [InlineData(ScalarProduct.Ledger, "functions", true)]
    [InlineData(ScalarProduct.Ledger, "auditor", false)]
    [InlineData(ScalarProduct.Ledger, "auditor_tenant", false)]
    [InlineData(ScalarProduct.Auditor, "auditor", true)]
    [InlineData(ScalarProduct.Auditor, "auditor_tenant", true)]
    [InlineData(ScalarProduct.Auditor, "auditorium", false)]
    [InlineData(ScalarProduct.Auditor, "scalar", false)]
    [InlineData(ScalarProduct.Auditor, "coordinator", false)]
    [InlineData(ScalarProduct.Cluster, "anything", true)]
    public void Ledger_and_auditor_share_a_metadata_table_but_not_tables(ScalarProduct product, string ns, bool belongs) =>
        Assert.Equal(belongs, NamespaceFilter.Belongs(ns, product, Storage()));

    [Theory]
    [InlineData("p_app.t", "p_", "app")]
    [InlineData("app.t", "p_", null)]
    [InlineData("p_.t", "p_", null)]
    [InlineData("p_app", "p_", null)]
    [InlineData("p_app.", "p_", null)]
    public void The_namespace_lies_behind_the_prefix(string table, string prefix, string? ns) => Assert.Equal(ns, NamespaceFilter.Of(table, prefix));

    [Fact]
    public void A_mapped_storage_takes_its_namespaces_and_the_coordinator()
    {
        var storage = Storage() with { Namespaces = ["orders"] };
        Assert.True(NamespaceFilter.Belongs("orders", ScalarProduct.Cluster, storage));
        Assert.True(NamespaceFilter.Belongs("coordinator", ScalarProduct.Cluster, storage));
        Assert.False(NamespaceFilter.Belongs("billing", ScalarProduct.Cluster, storage));
    }

    [Fact]
    public void The_metadata_table_is_held_against_the_list_of_tables()
    {
        var found = Judge(ScalarProduct.Ledger, ["scalar.asset", "scalar.lost", "auditor.asset"], ["scalar.asset", "auditor.asset", "scalar.forgotten", "coordinator.state", "other.t", "scalardb.metadata"]);
        Assert.Equal(["coordinator.state", "scalar.asset", "scalar.lost"], found.Tables);
        Assert.Equal("coordinator.state", found.Coordinator);
        var fault = Assert.Single(found.Faults);
        Assert.Equal("TableNotFound", fault.Id);
        Assert.Contains("scalar.lost", fault.Message, StringComparison.Ordinal);
        Assert.Contains("scalar.forgotten", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_auditor_has_no_coordinator() =>
        Assert.Equal(["auditor.asset"], Judge(ScalarProduct.Auditor, ["auditor.asset"], ["auditor.asset", "coordinator.state", "scalardb.metadata"]).Tables);

    [Fact]
    public void An_empty_metadata_table_selects_nothing_and_is_a_fault() =>
        Assert.Equal("NothingSelected", Assert.Single(Judge(ScalarProduct.Server, [], ["scalardb.metadata", "app.t"]).Faults).Id);

    [Fact]
    public async Task Empty_lists_are_faults_and_never_everything()
    {
        foreach (var selection in (DatabaseSelection[])[new() { TableNames = [], Region = "us-east-1" }, new() { SchemaFiles = [], Region = "us-east-1" }])
            Assert.Equal("NothingSelected", (await FaultAsync(selection)).Id);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a")]
    [InlineData("a b.c")]
    [InlineData("tab/le")]
    public async Task Bad_table_names_are_refused(string name)
    {
        var fault = await FaultAsync(new DatabaseSelection { TableNames = ["good.table", name], Region = "us-east-1" });
        Assert.Equal("TableNameInvalid", fault.Id);
        Assert.Contains($"'{name}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_schema_files_together_are_refused() =>
        Assert.Equal("SelectionAmbiguous", (await FaultAsync(new DatabaseSelection { TableNames = ["a.b"], SchemaFiles = ["s.json"] })).Id);

    [Fact]
    public async Task Workloads_in_two_regions_do_not_say_where_named_tables_are()
    {
        var fault = await FaultAsync(new DatabaseSelection { TableNames = ["a.b"] }, Workload(Storage("us-east-1")), Workload(Storage("us-west-2")));
        Assert.Equal("AwsRegionAmbiguous", fault.Id);
    }

    [Fact]
    public async Task A_region_against_the_workloads_own_is_refused() =>
        Assert.Equal("AwsRegionMismatch", (await FaultAsync(new DatabaseSelection { Region = "us-west-2" }, Workload(Storage("us-east-1")))).Id);

    [Fact]
    public void A_placeholder_leaves_the_choice_to_the_operator()
    {
        var workload = Workload(Storage("${env:REGION}"));
        Assert.Equal("us-west-2", RegionChoice.Of(workload, workload.Storages[0], new DatabaseSelection { Region = "us-west-2" }));
    }

    [Fact]
    public async Task Schema_files_bring_prefix_coordinator_and_metadata()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, """{"app.orders": {}}""");
            var selection = new DatabaseSelection { SchemaFiles = [path], Region = "us-east-1" };
            var set = Assert.Single(await new TableSelector(Factory).SelectAsync(
                new DatabaseQuery { Selection = selection, Workloads = [Workload(Storage("us-east-1") with { NamespacePrefix = "p_" })] }, CancellationToken.None));
            Assert.Equal(["p_app.orders", "p_coordinator.state", "p_scalardb.metadata"], set.Tables);
            Assert.Equal(["p_scalardb.metadata"], set.Metadata);

            var fault = await FaultAsync(
                selection, Workload(Storage("us-east-1") with { NamespacePrefix = "p_" }), Workload(Storage("us-east-1") with { NamespacePrefix = "q_" }));
            Assert.Equal("SelectionAmbiguous", fault.Id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Tables_that_are_left_out_are_listed_the_coordinator_first()
    {
        var own = Own("r", ["app.a", "app.b", "coordinator.state", "scalardb.metadata"]);
        var warning = Assert.Single(LeftOutTables.Warnings(Own("r", ["app.b"]), [own]));
        Assert.Contains("3 tables of ns/w", warning, StringComparison.Ordinal);
        Assert.Contains(": coordinator.state, app.a, scalardb.metadata; coordinator.state is ScalarDB's coordinator", warning, StringComparison.Ordinal);
        Assert.Contains("two points in time", warning, StringComparison.Ordinal);

        Assert.Empty(LeftOutTables.Warnings(own, [own]));
        Assert.Empty(LeftOutTables.Warnings(Own("r", ["app.a", "app.b", "coordinator.state"]), [own]));
        Assert.Contains("app.c (s)", Assert.Single(LeftOutTables.Warnings(own, [own, Own("s", ["app.c"])])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_found_out_about_tables_left_out_is_said() =>
        Assert.Contains(
            "scalardb.metadata is missing",
            Assert.Single(LeftOutTables.Warnings(
                Own("r", ["a.b"]),
                [Own("r", []) with { Faults = [new RestoreException("MetadataTableNotFound", FaultCategory.ObjectNotFound, "scalardb.metadata is missing.")] }])),
            StringComparison.Ordinal);

    private static TableSet Own(string region, string[] tables) => new()
    {
        Region = region,
        Tables = tables,
        Workloads = ["ns/w"],
        Coordinators = new HashSet<string>(["coordinator.state"], StringComparer.Ordinal),
        Metadata = new HashSet<string>(["scalardb.metadata"], StringComparer.Ordinal),
    };

    [Fact]
    public async Task A_query_about_other_databases_selects_nothing_here() =>
        Assert.Empty(await new TableSelector(Factory).SelectAsync(
            new DatabaseQuery { Workloads = [Workload(new WorkloadStorage { Storage = "jdbc" })] }, CancellationToken.None));

    [Theory]
    [InlineData("ap-northeast-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("cn-north-1", true)]
    [InlineData("localhost", false)]
    [InlineData("https://dynamodb.us-east-1.amazonaws.com", false)]
    [InlineData("{{ region }}", false)]
    public void Regions_are_known_by_their_form(string text, bool isRegion) => Assert.Equal(isRegion, AwsRegion.IsWellFormed(text));

    [Fact]
    public void A_profile_that_does_not_exist_is_named()
    {
        var fault = Assert.Throws<RestoreException>(() => Factory.For("no-such-profile", "us-east-1", Engine.Running.ServiceMode.ReadOnly));
        Assert.Equal("AwsProfileNotFound", fault.Id);
        Assert.Contains("no-such-profile", fault.Message, StringComparison.Ordinal);
    }

    private static FoundTables Judge(ScalarProduct product, string[] listed, string[] all) =>
        new StorageTables(null!, "1/r").Judge(Workload(Storage(), product), Storage(), "scalardb.metadata", listed, all.ToHashSet(StringComparer.Ordinal));

    private static Task<RestoreException> FaultAsync(DatabaseSelection selection, params ScalarWorkload[] workloads) =>
        Assert.ThrowsAsync<RestoreException>(
            () => new TableSelector(Factory).SelectAsync(new DatabaseQuery { Selection = selection, Workloads = workloads }, CancellationToken.None));

    private static WorkloadStorage Storage(string? contactPoints = null) => new() { Storage = "dynamo", ContactPoints = contactPoints };

    private static ScalarWorkload Workload(WorkloadStorage storage, ScalarProduct product = ScalarProduct.Server) => new()
    {
        Name = "r",
        Namespace = "ns",
        Product = product,
        Chart = "scalardb",
        ChartVersion = "1",
        Revision = 1,
        ReleaseStatus = "deployed",
        Deployment = "d",
        Replicas = 1,
        ReadyReplicas = 1,
        Pods = 1,
        Cluster = "c",
        Connection = new KubernetesConnection(),
        Storages = [storage],
    };
}
