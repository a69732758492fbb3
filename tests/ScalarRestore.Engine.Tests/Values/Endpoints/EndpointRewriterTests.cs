using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Tests.Values.Endpoints;

public sealed class EndpointRewriterTests
{
    [Theory]

    // MySQL and MariaDB
    [InlineData("jdbc:mysql://old:3306/", "old", "new", "jdbc:mysql://new:3306/")]
    [InlineData("jdbc:mysql://old/", "old", "new", "jdbc:mysql://new/")]
    [InlineData("jdbc:mysql://old", "old", "new", "jdbc:mysql://new")]
    [InlineData("jdbc:mysql://OLD.Example.com:3306/app?useSSL=true&x=old", "old.example.com", "new", "jdbc:mysql://new:3306/app?useSSL=true&x=old")]
    [InlineData("jdbc:mysql://old.:3306/old", "old", "new", "jdbc:mysql://new:3306/old")]
    [InlineData("jdbc:mysql://user:old@old:3306/", "old", "new", "jdbc:mysql://user:old@new:3306/")]
    [InlineData("jdbc:mysql://user:p@ss@old:3306/", "old", "new", "jdbc:mysql://user:p@ss@new:3306/")]
    [InlineData("jdbc:mysql://old:3306/", "old", "new:3307", "jdbc:mysql://new:3307/")]
    [InlineData("jdbc:mysql://old/", "old", "new:3306", "jdbc:mysql://new/")]
    [InlineData("jdbc:mysql://old/", "old", "new:3307", "jdbc:mysql://new:3307/")]
    [InlineData("jdbc:mysql://old/", "old:3306", "new", "jdbc:mysql://new/")]
    [InlineData("jdbc:mysql:loadbalance://old:3306,old:3307/app", "old", "new", "jdbc:mysql:loadbalance://new:3306,new:3307/app")]
    [InlineData("jdbc:mysql://address=(host=old)(port=3306)(key=old)/app", "old", "new:3310", "jdbc:mysql://address=(host=new)(port=3310)(key=old)/app")]
    [InlineData("jdbc:mysql://(host=old,port=3306)/app", "old", "new", "jdbc:mysql://(host=new,port=3306)/app")]
    [InlineData("jdbc:mysql://u@[old:1,old:2]/app", "old", "new", "jdbc:mysql://u@[new:1,new:2]/app")]
    [InlineData("jdbc:mariadb://old:3306/", "old", "new", "jdbc:mariadb://new:3306/")]
    [InlineData("jdbc:mariadb:sequential://old:3306,old:3307/", "old", "new", "jdbc:mariadb:sequential://new:3306,new:3307/")]

    // PostgreSQL and what speaks like it
    [InlineData("jdbc:postgresql://old:5432/db?ssl=true", "old", "new", "jdbc:postgresql://new:5432/db?ssl=true")]
    [InlineData("jdbc:postgresql://old/db", "old", "new:6432", "jdbc:postgresql://new:6432/db")]
    [InlineData("jdbc:yugabytedb://old:5433/db", "old", "new", "jdbc:yugabytedb://new:5433/db")]
    [InlineData("jdbc:postgresql://[::1]:5432/db", "::1", "new", "jdbc:postgresql://new:5432/db")]
    [InlineData("jdbc:postgresql://old:5432/db", "old", "[fd00::2]", "jdbc:postgresql://[fd00::2]:5432/db")]

    // Oracle
    [InlineData("jdbc:oracle:thin:@//old:1521/SERVICE", "old", "new", "jdbc:oracle:thin:@//new:1521/SERVICE")]
    [InlineData("jdbc:oracle:thin:@old:1521/SERVICE", "old", "new", "jdbc:oracle:thin:@new:1521/SERVICE")]
    [InlineData("jdbc:oracle:thin:@old:1521:SID", "old", "new:1522", "jdbc:oracle:thin:@new:1522:SID")]
    [InlineData("jdbc:oracle:thin:old/old@//old:1521/old", "old", "new", "jdbc:oracle:thin:old/old@//new:1521/old")]
    [InlineData("jdbc:oracle:thin:u/\"p@//old\"@//old/S", "old", "new", "jdbc:oracle:thin:u/\"p@//old\"@//new/S")]
    [InlineData("jdbc:oracle:thin:@tcps://old:2484/S?wallet_location=/old", "old", "new", "jdbc:oracle:thin:@tcps://new:2484/S?wallet_location=/old")]
    [InlineData("jdbc:oracle:thin:@//old,old:1521/S", "old", "new", "jdbc:oracle:thin:@//new,new:1521/S")]
    [InlineData(
        "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=old)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=old)))",
        "old",
        "new:1600",
        "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=new)(PORT=1600))(CONNECT_DATA=(SERVICE_NAME=old)))")]
    [InlineData(
        "jdbc:oracle:thin:@( description = (address_list=(address=(port=1)(host= old ))(address=(host=old)(port=2)))(connect_data=(sid=x)))",
        "old",
        "new",
        "jdbc:oracle:thin:@( description = (address_list=(address=(port=1)(host= new ))(address=(host=new)(port=2)))(connect_data=(sid=x)))")]

    // SQL Server
    [InlineData("jdbc:sqlserver://old:1433;encrypt=true;trustServerCertificate=true", "old", "new", "jdbc:sqlserver://new:1433;encrypt=true;trustServerCertificate=true")]
    [InlineData("jdbc:sqlserver://old;databaseName=old", "old", "new:1434", "jdbc:sqlserver://new:1434;databaseName=old")]
    [InlineData(@"jdbc:sqlserver://old\INST;databaseName=x", "old", "new", @"jdbc:sqlserver://new\INST;databaseName=x")]
    [InlineData(@"jdbc:sqlserver://old\INST:1500;databaseName=x", "old", "new:1501", @"jdbc:sqlserver://new\INST:1501;databaseName=x")]
    [InlineData("jdbc:sqlserver://;serverName=old;portNumber=1433;password={a;serverName=old}", "old", "new:1", "jdbc:sqlserver://;serverName=new;portNumber=1;password={a;serverName=old}")]
    [InlineData("jdbc:sqlserver://old:1433;failoverPartner=old", "old", "new", "jdbc:sqlserver://new:1433;failoverPartner=new")]

    // Others, and Cosmos DB
    [InlineData("jdbc:db2://old:50000/db:user=x;", "old", "new", "jdbc:db2://new:50000/db:user=x;")]
    [InlineData("https://old.documents.azure.com:443/", "https://old.documents.azure.com:443/", "https://new.documents.azure.com:443/", "https://new.documents.azure.com:443/")]
    [InlineData("https://old.documents.azure.com/", "https://old.documents.azure.com:443/", "new.documents.azure.com", "https://new.documents.azure.com/")]
    public void Only_the_authority_changes(string point, string old, string @new, string expected)
    {
        var moves = EndpointMove.Read([new EndpointChange { Old = old, New = @new }]);
        var hosts = EndpointRewriter.Rewrite(point, moves);
        Assert.NotEmpty(hosts);
        Assert.All(hosts, host => Assert.NotNull(host.Move));
        Assert.Equal(expected, TextEdits.Apply(point, hosts.SelectMany(host => host.Edits)));

        // What is done is seen as done.
        var again = EndpointRewriter.Rewrite(expected, moves);
        Assert.All(again, host => Assert.True(host.Move is not null && host.Edits.Count == 0));
    }

    [Theory]
    [InlineData("ap-northeast-1")]
    [InlineData("cassandra-0,cassandra-1")]
    [InlineData("jdbc:sqlite:/data/old?busy_timeout=10000")]
    [InlineData("jdbc:postgresql:old")]
    [InlineData("jdbc:postgresql:///db?socketFactory=old&alloydbInstanceName=old")]
    [InlineData("jdbc:oracle:thin:@old")]
    [InlineData("jdbc:oracle:thin:@ldap://old:389/cn=x")]
    [InlineData("jdbc:oracle:thin:old/old")]
    [InlineData("jdbc:mysql")]
    [InlineData("jdbc:sqlserver://")]
    [InlineData("")]
    public void What_names_no_host_is_left_alone(string point) => Assert.Empty(ContactPointHosts.Read(point));

    [Theory]
    [InlineData("jdbc:mysql://older:3306/", "old")]
    [InlineData("jdbc:mysql://x.old:3306/", "old")]
    [InlineData("jdbc:mysql://old.example.com:3306/", "old")]
    [InlineData("jdbc:mysql://old:3307/", "old:3306")]
    [InlineData("jdbc:mysql://old:3307/", "jdbc:mysql://old:3306/")]
    public void Another_host_is_not_taken(string point, string old) =>
        Assert.All(EndpointRewriter.Rewrite(point, EndpointMove.Read([new EndpointChange { Old = old, New = "new" }])), host => Assert.Null(host.Move));

    [Fact]
    public void Several_endpoints_move_each_to_its_own()
    {
        var moves = EndpointMove.Read(
        [
            new EndpointChange { Old = "w.old", New = "w.new" },
            new EndpointChange { Old = "r.old", New = "r.new" },
            new EndpointChange { Old = "same:1", New = "same:2" },
            new EndpointChange { Old = "stays", New = "STAYS" },
        ]);
        var point = "jdbc:mysql:replication://w.old:3306,r.old:3306/";
        Assert.Equal("jdbc:mysql:replication://w.new:3306,r.new:3306/", TextEdits.Apply(point, EndpointRewriter.Rewrite(point, moves).SelectMany(host => host.Edits)));
        Assert.Equal("same:2", Assert.Single(EndpointRewriter.Rewrite("jdbc:mysql://same:1/", moves)).After);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("ab:cd")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    [InlineData("host\\instance")]
    [InlineData("user@host")]
    [InlineData("jdbc:mysql://a,b/")]
    [InlineData("jdbc:sqlite:/x")]
    [InlineData("https://")]
    [InlineData("ho\"st")]
    [InlineData("ho}}st")]
    [InlineData("-host")]
    public void What_is_no_endpoint_is_refused(string text)
    {
        var fault = Assert.Throws<RestoreException>(() => EndpointAddress.Parse(text));
        Assert.Equal("EndpointInvalid", fault.Id);
    }

    [Fact]
    public void A_password_in_an_endpoint_is_not_repeated()
    {
        var fault = Assert.Throws<RestoreException>(() => EndpointAddress.Parse("jdbc:mysql://u:canary-pw@a,b/?password=canary-pw"));
        Assert.DoesNotContain("canary", fault.Message + fault.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "b", "b", "c")]
    [InlineData("a", "b", "A", "c")]
    [InlineData("a:1", "b", "a", "c")]
    [InlineData("a", "b", "c", "a")]
    [InlineData("x", "y", "a", "a:2")]
    public void Changes_that_meet_are_refused(string old1, string new1, string old2, string new2)
    {
        var fault = Assert.Throws<RestoreException>(() => EndpointMove.Read(
            [new EndpointChange { Old = old1, New = new1 }, new EndpointChange { Old = old2, New = new2 }]));
        Assert.Equal("EndpointsOverlap", fault.Id);
    }

    [Theory]
    [InlineData("jdbc:mysql://a,b/", null, "jdbc:mysql://a")]
    [InlineData(@"jdbc:mysql://a\,b/", null, "jdbc:mysql://a,b/")]
    [InlineData(@"jdbc:mysql://a\,b/", "3.12.8", @"jdbc:mysql://a\")]
    [InlineData(@"jdbc:mysql://a\,b/", "3.13.0", "jdbc:mysql://a,b/")]
    [InlineData(@"jdbc:sqlserver://h\i;x", null, @"jdbc:sqlserver://h\i;x")]
    [InlineData(@"jdbc:sqlserver://h\i;x", "3.7.7", @"jdbc:sqlserver://h\i;x")]
    [InlineData(@"jdbc:sqlserver://h\i;x", "3.14.0", "jdbc:sqlserver://hi;x")]
    [InlineData(" a , b", null, "a")]
    [InlineData("", null, "")]
    public void Commas_and_backslashes_are_read_as_the_product_reads_them(string value, string? product, string expected) =>
        Assert.Equal(expected, ContactPointList.First(value, product is null ? null : Version.Parse(product)).Text);
}
