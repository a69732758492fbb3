using ScalarRestore.Engine.Databases.FlexibleServers;
using ScalarRestore.Engine.Databases.Rds;

namespace ScalarRestore.Engine.Tests.FlexibleServers;

/// <summary>Hosts in JDBC URLs and the servers that they lead to.</summary>
public sealed class FlexibleHostTests
{
    [Theory]
    [InlineData("mysql", "jdbc:mysql://orders.mysql.database.azure.com:3306/app?user=a@b", "orders.mysql.database.azure.com")]
    [InlineData("mysql", "jdbc:mysql://Orders.MySQL.database.azure.com./app", "orders.mysql.database.azure.com")]
    [InlineData("mysql", "jdbc:mysql://a.mysql.database.chinacloudapi.cn,b.mysql.database.chinacloudapi.cn/app", "a.mysql.database.chinacloudapi.cn")]
    [InlineData("mysql", @"jdbc:mysql://a.mysql.database.azure.com\,b.mysql.database.azure.com/app", "a.mysql.database.azure.com b.mysql.database.azure.com")]
    [InlineData("mysql", "jdbc:mysql://orders.mysql.database.usgovcloudapi.net/app", "orders.mysql.database.usgovcloudapi.net")]
    [InlineData("mysql", "jdbc:postgresql://orders.postgres.database.azure.com/app", "")]
    [InlineData("mysql", "jdbc:mysql://mysql.database.azure.com/app", "")]
    [InlineData("mysql", "jdbc:mysql://orders.mysql.database.azure.com.example.org/app", "")]
    [InlineData("postgresql", "jdbc:postgresql://vip.writer.postgres.database.azure.com:6432/app", "vip.writer.postgres.database.azure.com")]
    [InlineData("postgresql", "jdbc:postgresql://orders.own.postgres.database.azure.com/app", "orders.own.postgres.database.azure.com")]
    [InlineData("postgresql", "jdbc:postgresql://orders.cluster-abc.us-east-1.rds.amazonaws.com/app", "")]
    [InlineData("postgresql", "", "")]
    public void Hosts_of_an_engine_are_read_from_a_storage(string engine, string url, string hosts) => Assert.Equal(
        hosts, string.Join(' ', FlexibleHost.Of(FlexibleEngine.ByWord(engine), new WorkloadStorage { Storage = "jdbc", ContactPoints = url })));

    [Fact]
    public void A_storage_belongs_to_one_kind_of_database()
    {
        string[] urls =
        [
            "jdbc:mysql://orders.mysql.database.azure.com/app", "jdbc:postgresql://orders.postgres.database.azure.com/app",
            "jdbc:mysql://orders.abc.us-east-1.rds.amazonaws.com/app", "jdbc:mysql://orders.mysql.database.usgovcloudapi.net/app",
        ];
        Assert.All(urls, url =>
        {
            var storage = new WorkloadStorage { Storage = "jdbc", ContactPoints = url };
            Assert.Equal(1, FlexibleEngine.All.Count(engine => FlexibleHost.Of(engine, storage).Count > 0) + (RdsHost.MayBeRds(storage) ? 1 : 0));
        });
        Assert.Empty(FlexibleHost.Of(FlexibleEngine.MySql, new WorkloadStorage { Storage = "cosmos", ContactPoints = urls[0] }));
    }

    [Theory]
    [InlineData("orders.privatelink.mysql.database.azure.com", null, true)]
    [InlineData("orders.own.mysql.database.azure.com", "/subscriptions/s/privateDnsZones/own.mysql.database.azure.com", true)]
    [InlineData("orders.own.mysql.database.azure.com", "/subscriptions/s/privateDnsZones/other.mysql.database.azure.com", false)]
    [InlineData("orders.own.mysql.database.azure.com", null, false)]
    [InlineData("orders2.privatelink.mysql.database.azure.com", null, false)]
    [InlineData("a.orders.privatelink.mysql.database.azure.com", null, false)]
    public void A_private_name_is_known_by_the_link_or_the_servers_own_zone(string host, string? zone, bool expected) =>
        Assert.Equal(expected, FlexibleHost.IsPrivateNameOf(host, "orders", "mysql.database.azure.com", zone));

    [Theory]
    [InlineData("vip.writer.postgres.database.azure.com", "vip")]
    [InlineData("VIP.Reader.postgres.database.azure.com", "VIP")]
    [InlineData("a.vip.writer.postgres.database.azure.com", null)]
    [InlineData("writer.postgres.database.azure.com", null)]
    [InlineData("vip.postgres.database.azure.com", null)]
    public void A_virtual_endpoint_has_a_writer_and_a_reader(string host, string? name) =>
        Assert.Equal(name, FlexibleHost.VirtualEndpointIn(host, "postgres.database.azure.com"));
}
