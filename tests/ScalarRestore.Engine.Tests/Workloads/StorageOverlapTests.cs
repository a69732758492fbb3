using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class StorageOverlapTests
{
    /// <summary>Shares nothing but the place with <see cref="Apart"/>.</summary>
    private static readonly WorkloadStorage One = new()
    {
        Storage = "dynamo",
        ContactPoints = "eu-west-1",
        NamespacePrefix = "p_",
        MetadataNamespace = "meta1",
        CoordinatorNamespace = "coord1",
        Namespaces = ["a", "b"],
    };

    private static readonly WorkloadStorage Apart = One with { MetadataNamespace = "meta2", CoordinatorNamespace = "coord2", Namespaces = ["c"] };

    [Fact]
    public void Who_shares_nothing_but_the_place_is_no_concern() => Assert.False(Between(One, Apart));

    [Fact]
    public void Namespaces_overlap_by_name_and_none_means_all()
    {
        Assert.True(Between(One, Apart with { Namespaces = ["c", "b"] }));
        Assert.True(Between(One, Apart with { Namespaces = [] }));
        Assert.True(Between(One with { Namespaces = [] }, Apart));
    }

    [Fact]
    public void The_metadata_table_counts() => Assert.True(Between(One, Apart with { MetadataNamespace = "meta1" }));

    [Fact]
    public void The_coordinator_table_counts_but_for_Auditors()
    {
        var sharing = Apart with { CoordinatorNamespace = "coord1" };
        Assert.True(Between(One, sharing));
        Assert.False(StorageOverlap.Between(Workload(One), Workload(sharing, ScalarProduct.Auditor)));
    }

    [Fact]
    public void Another_kind_region_or_prefix_is_another_place()
    {
        Assert.True(Between(One, One));
        Assert.True(Between(One, One with { ContactPoints = " EU-WEST-1 " }));
        Assert.False(Between(One, One with { Storage = "cosmos" }));
        Assert.False(Between(One with { Storage = "jdbc" }, One with { Storage = "jdbc" }));
        Assert.False(Between(One, One with { ContactPoints = "eu-west-2" }));
        Assert.False(Between(One, One with { NamespacePrefix = "q_" }));
        Assert.False(Between(One with { NamespacePrefix = "" }, One));
    }

    [Fact]
    public void What_cannot_be_known_may_be_the_same()
    {
        Assert.True(Between(One, One with { ContactPoints = "${env:REGION}" }));
        Assert.True(Between(One, One with { ContactPoints = null }));
        Assert.True(Between(One, One with { NamespacePrefix = "{{ .Env.PREFIX }}" }));
        Assert.True(Between(One, Apart with { Namespaces = ["${env:NS}"] }));
        Assert.True(Between(One, One with { Storage = "${env:STORAGE}", NamespacePrefix = "" }));
        Assert.False(Between(One, Apart with { Storage = "${env:STORAGE}", NamespacePrefix = "" }));
        Assert.False(Between(One, One with { Storage = "${env:STORAGE}", ContactPoints = "jdbc:mysql://db.test/" }));
    }

    [Fact]
    public void One_storage_of_several_is_enough()
    {
        var several = Workload(Apart) with { Storages = [new WorkloadStorage { Storage = "jdbc" }, Apart, One with { Name = "d" }] };
        Assert.True(StorageOverlap.Between(Workload(One), several));
        Assert.True(StorageOverlap.Between(several, Workload(One)));
        Assert.False(StorageOverlap.Between(several with { Storages = [] }, Workload(One)));
    }

    private static bool Between(WorkloadStorage one, WorkloadStorage other)
    {
        var found = StorageOverlap.Between(Workload(one), Workload(other));
        Assert.Equal(found, StorageOverlap.Between(Workload(other), Workload(one)));
        return found;
    }

    private static ScalarWorkload Workload(WorkloadStorage storage, ScalarProduct product = ScalarProduct.Server) =>
        Sample.Workload("db", product).Before with { Storages = [storage] };
}
