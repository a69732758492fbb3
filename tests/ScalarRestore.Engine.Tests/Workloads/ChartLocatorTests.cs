using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class ChartLocatorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Repositories_and_registries_are_named_to_helm_as_they_are()
    {
        Assert.Equal("scalar-labs/scalardb", ChartLocator.Locate(null, "scalardb", "2.4.7"));
        Assert.Equal("mine/scalardb", ChartLocator.Locate("mine", "scalardb", "2.4.7"));
        Assert.Equal("oci://registry.test/charts/scalardb", ChartLocator.Locate("oci://registry.test/charts/", "scalardb", "2.4.7"));
    }

    [Fact]
    public void A_folder_holds_the_deployed_version_or_is_refused()
    {
        _folder.Write("scalardb/Chart.yaml", "name: scalardb\nversion: 2.5.0\n");
        Assert.Equal("ChartVersionMismatch", Fault("2.4.7"));
        var archive = _folder.Write("scalardb-2.4.7.tgz", "");
        Assert.Equal(archive, Locate("2.4.7"));
        Assert.Equal(Path.Combine(_folder.Path, "scalardb"), Locate("2.5.0"));
        Assert.Equal(archive, ChartLocator.Locate(archive, "scalardb", "2.4.7"));
        Assert.Equal("ChartVersionMismatch", Assert.Throws<RestoreException>(() => ChartLocator.Locate(archive, "scalardb", "2.4.8")).Id);
    }

    [Fact]
    public void A_chart_without_its_sub_chart_is_refused()
    {
        _folder.Write("scalardb/Chart.yaml", "name: scalardb\nversion: 2.4.7\ndependencies:\n- name: envoy\n");
        Assert.Equal("ChartNotFound", Fault("2.4.7"));
        _folder.Write("scalardb/charts/envoy-2.2.1.tgz", "");
        Assert.Equal(Path.Combine(_folder.Path, "scalardb"), Locate("2.4.7"));
    }

    [Fact]
    public void What_was_found_is_looked_at_again_before_use()
    {
        ChartLocator.Verify("scalar-labs/scalardb", "scalardb", "2.4.7");
        _folder.Write("scalardb/Chart.yaml", "name: scalardb\nversion: 2.4.7\n");
        var folder = Locate("2.4.7");
        ChartLocator.Verify(folder, "scalardb", "2.4.7");

        _folder.Write("scalardb/Chart.yaml", "name: scalardb\nversion: 2.5.0\n");
        Assert.Equal("ChartVersionMismatch", VerifyFault(folder));
        Directory.Delete(folder, recursive: true);
        Assert.Equal("ChartNotFound", VerifyFault(folder));

        var archive = _folder.Write("scalardb-2.4.7.tgz", "");
        ChartLocator.Verify(archive, "scalardb", "2.4.7");
        Assert.Equal("ChartVersionMismatch", VerifyFault(_folder.Write("scalardb-2.5.0.tgz", "")));
    }

    [Fact]
    public void What_is_not_there_is_a_fault()
    {
        Assert.Equal("ChartNotFound", Fault("2.4.7"));
        Assert.Equal("ChartNotFound", Assert.Throws<RestoreException>(() => ChartLocator.Locate("./no/such", "scalardb", "2.4.7")).Id);
    }

    private string Locate(string version) => ChartLocator.Locate(_folder.Path, "scalardb", version);

    private static string VerifyFault(string reference) =>
        Assert.Throws<RestoreException>(() => ChartLocator.Verify(reference, "scalardb", "2.4.7")).Id;

    private string Fault(string version) => Assert.Throws<RestoreException>(() => Locate(version)).Id;
}
