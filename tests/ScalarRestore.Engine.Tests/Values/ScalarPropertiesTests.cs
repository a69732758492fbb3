using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Tests.Values;

public sealed class ScalarPropertiesTests
{
    private const string ChartDefaults =
        """
        scalar.db.contact_points={{ default .Env.HELM_SCALAR_DB_CONTACT_POINTS "" }}
        scalar.db.username={{ default .Env.HELM_SCALAR_DB_USERNAME "" }}
        scalar.db.storage={{ default .Env.HELM_SCALAR_DB_STORAGE "" }}
        """;

    [Fact]
    public void DynamoDB_with_its_prefix_and_namespaces()
    {
        var storage = Assert.Single(Read(
            """
            scalar.db.storage=Dynamo
            scalar.db.contact_points= ap-northeast-1
            scalar.db.username=AKIAXXXXXXXXXXXXXXXX
            scalar.db.password=very secret
            scalar.db.dynamo.namespace.prefix=env1_
            scalar.db.dynamo.table_metadata.namespace=meta
            scalar.db.consensus_commit.coordinator.namespace=coord
            """));
        Assert.Equal(
            ("dynamo", "ap-northeast-1", "env1_", "meta", "coord"),
            (storage.Storage, storage.ContactPoints, storage.NamespacePrefix, storage.MetadataNamespace, storage.CoordinatorNamespace));
        Assert.DoesNotContain("secret", storage.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_of_several_counts() =>
        Assert.Equal("jdbc:mysql://b/", Assert.Single(Read("scalar.db.storage=jdbc\nscalar.db.contact_points=jdbc:mysql://a/\nscalar.db.contact_points=jdbc:mysql://b/")).ContactPoints);

    [Fact]
    public void Without_a_storage_it_is_Cassandra() => Assert.Equal("cassandra", Assert.Single(Read("# nothing\nscalar.db.storage=")).Storage);

    [Theory]
    [InlineData(ScalarProduct.Ledger, "", "scalar")]
    [InlineData(ScalarProduct.Ledger, "scalar.dl.ledger.namespace=books", "books")]
    [InlineData(ScalarProduct.Auditor, "", "auditor")]
    [InlineData(ScalarProduct.Auditor, "scalar.dl.auditor.namespace=check", "check")]
    public void ScalarDL_has_a_namespace_of_its_own(ScalarProduct product, string line, string ns) =>
        Assert.Equal([ns], Assert.Single(Read("scalar.db.storage=dynamo\n" + line, product)).Namespaces);

    [Fact]
    public void Several_storages_with_their_namespaces()
    {
        var storages = Read(
            """
            scalar.db.storage=multi-storage
            scalar.db.multi_storage.storages=a, b
            scalar.db.multi_storage.storages.a.storage=jdbc
            scalar.db.multi_storage.storages.a.contact_points=jdbc:postgresql://pg:5432/app
            scalar.db.multi_storage.storages.b.storage=dynamo
            scalar.db.multi_storage.storages.b.contact_points=us-east-1
            scalar.db.multi_storage.storages.b.dynamo.namespace.prefix=p_
            scalar.db.multi_storage.namespace_mapping=orders:a,coordinator:b,items:a
            scalar.db.multi_storage.default_storage=b
            """);
        Assert.Equal(["a", "b"], storages.Select(storage => storage.Name));
        Assert.Equal(["jdbc:postgresql://pg:5432/app", "us-east-1"], storages.Select(storage => storage.ContactPoints));
        Assert.Equal(["orders", "items"], storages[0].Namespaces);
        Assert.Empty(storages[1].Namespaces);
        Assert.Equal("p_", storages[1].NamespacePrefix);
    }

    [Fact]
    public void Several_storages_without_names_are_a_fault() =>
        Assert.Equal("PropertiesInvalid", Assert.Throws<RestoreException>(() => Read("scalar.db.storage=multi-storage")).Id);

    [Fact]
    public void Placeholders_are_filled_in_as_far_as_is_known()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["HELM_SCALAR_DB_CONTACT_POINTS"] = "https://a.documents.azure.com:443/" };
        var open = Assert.Single(ScalarProperties.Read(ChartDefaults, ScalarProduct.Server, new PodVariables(known, Complete: false), "test"));
        Assert.Equal("https://a.documents.azure.com:443/", open.ContactPoints);
        Assert.Equal("{{ default .Env.HELM_SCALAR_DB_STORAGE \"\" }}", open.Storage);

        var complete = Assert.Single(ScalarProperties.Read(ChartDefaults, ScalarProduct.Server, new PodVariables(known, Complete: true), "test"));
        Assert.Equal("cassandra", complete.Storage);
    }

    [Theory]
    [InlineData("{{ .Env.X }}", "x")]
    [InlineData("{{default .Env.X \"d\"}}", "x")]
    [InlineData("${env:X}", "x")]
    [InlineData("a-${env:X:-d}-b", "a-x-b")]
    [InlineData("${env:Y:-d}", "d")]
    [InlineData("{{ default .Env.Y \"d\" }}", "d")]
    [InlineData("${env:Y}", "${env:Y}")]
    [InlineData("${sys:X}", "${sys:X}")]
    [InlineData("{{ add 1 2 }}", "{{ add 1 2 }}")]
    public void Both_kinds_of_placeholders_are_known(string value, string expected) =>
        Assert.Equal(expected, Placeholders.Resolve(value, new PodVariables(new Dictionary<string, string>(StringComparer.Ordinal) { ["X"] = "x" }, Complete: true)));

    [Theory]
    [InlineData("jdbc:mysql://root:pw@h:3306/db?user=root&password=pw&ssl=true", "jdbc:mysql://h:3306/db?user=***&password=***&ssl=true")]
    [InlineData("jdbc:sqlserver://h:1433;user=sa;password=pw;encrypt=true", "jdbc:sqlserver://h:1433;user=***;password=***;encrypt=true")]
    [InlineData("jdbc:oracle:thin:scott/tiger@//h:1521/S", "jdbc:oracle:thin:@//h:1521/S")]
    [InlineData("jdbc:oracle:thin:@//h:1521/S", "jdbc:oracle:thin:@//h:1521/S")]
    [InlineData("jdbc:postgresql://h:5432/db", "jdbc:postgresql://h:5432/db")]
    [InlineData("https://a.documents.azure.com:443/", "https://a.documents.azure.com:443/")]
    public void Contact_points_are_shown_without_credentials(string value, string expected) => Assert.Equal(expected, ContactPoints.WithoutCredentials(value));

    private static IReadOnlyList<WorkloadStorage> Read(string text, ScalarProduct product = ScalarProduct.Server) =>
        ScalarProperties.Read(text, product, PodVariables.None, "test");
}
