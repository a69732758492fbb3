using ScalarRestore.Contracts;
using ScalarRestore.Engine.Databases.Rds;
using Xunit;

namespace ScalarRestore.Engine.Tests.Rds;

/// <summary>Hosts in workloads' JDBC URLs.</summary>
public sealed class RdsHostTests
{
    [Theory]
    [InlineData("orders.c1x.ap-northeast-1.rds.amazonaws.com", "ap-northeast-1")]
    [InlineData("orders.cluster-ro-c1x.us-gov-west-1.rds.amazonaws.com", "us-gov-west-1")]
    [InlineData("orders.c1x.rds.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("orders.cluster-c1x.rds.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1")]
    [InlineData("db.example.com", null)]
    [InlineData("rds.amazonaws.com.example.com", null)]
    public void The_region_stands_in_the_name(string host, string? region) => Assert.Equal(region, RdsHost.RegionOf(host));

    [Theory]
    [InlineData("jdbc", "jdbc:postgresql://a.c1.eu-west-1.rds.amazonaws.com/app", true)]
    [InlineData("jdbc", "jdbc:mysql://a.mysql.database.azure.com:3306/", false)]
    [InlineData("jdbc", "jdbc:postgresql://alias.example.com/app", true)]
    [InlineData("dynamo", "ap-northeast-1", false)]
    [InlineData("cosmos", "https://a.documents.azure.com:443/", false)]
    public void Only_JDBC_outside_of_Azure_may_be_RDS(string storage, string points, bool may) =>
        Assert.Equal(may, RdsHost.MayBeRds(new WorkloadStorage { Storage = storage, ContactPoints = points }));

    [Theory]
    [InlineData("orders.proxy-c1x.eu-west-1.rds.amazonaws.com", true)]
    [InlineData("reader.endpoint.proxy-c1x.eu-west-1.rds.amazonaws.com", true)]
    [InlineData("proxy-orders.c1x.eu-west-1.rds.amazonaws.com", false)]
    [InlineData(null, false)]
    public void A_proxy_is_known_by_its_name(string? host, bool isProxy) => Assert.Equal(isProxy, RdsHost.IsProxy(host));

    [Fact]
    public void All_hosts_are_found_with_their_ports() =>
        Assert.Equal(
            ["w.example.com:3306", "r.example.com:3307"],
            RdsHost.Of(new WorkloadStorage { Storage = "jdbc", ContactPoints = @"jdbc:mysql:replication://W.example.com\,r.example.com:3307/" }).Select(host => host.ToString()));
}
