using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

public sealed class HelmReleaseRecordTests
{
    private static readonly ChartProfile Server = ChartProfiles.Of(ScalarProduct.Server);

    [Fact]
    public void What_is_read_is_written_again_with_all_that_is_not_understood()
    {
        const string json = """{"name":"db","info":{"status":"deployed","x":1.0},"chart":{"metadata":{"name":"scalardb","version":"2.4.7"},"values":{}},"config":{"a":12345678901234567890,"b":"é<&>\u2028"},"version":7,"unknown":[1,null,{}]}""";
        var record = HelmReleaseRecord.Decode(Pack(json));

        Assert.Equal(("db", 7, "deployed", "scalardb", "2.4.7"), (record.Name, record.Revision, record.Status, record.Chart, record.ChartVersion));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), HelmReleaseRecord.Decode(record.Encode()).Root));
        Assert.Equal([0x1f, 0x8b, 0x08], Convert.FromBase64String(record.Encode())[..3]);
        Assert.Contains("12345678901234567890", record.Root.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_from_before_compression_are_read() =>
        Assert.Equal("db", HelmReleaseRecord.Decode(Convert.ToBase64String("""{"name":"db"}"""u8)).Name);

    [Theory]
    [InlineData("not base64!")]
    [InlineData("aGVsbG8=")]
    [InlineData("H4sIAAAA")]
    [InlineData("W10=")]
    public void Anything_else_is_a_fault(string text) => Assert.Throws<FormatException>(() => HelmReleaseRecord.Decode(text));

    [Theory]
    [InlineData("db", "scalardb", null, "db-scalardb")]
    [InlineData("my-scalardb", "scalardb", null, "my-scalardb")]
    [InlineData("db", "scalardl", null, "db-scalardl-ledger")]
    [InlineData("db", "scalardl-audit", "full", "full-auditor")]
    [InlineData("a-release-name-that-is-fifty-characters-long-1234567890", "scalardb-cluster", null, "a-release-name-that-is-fifty-characters-long-1234567890-scalard-node")]
    public void Deployments_are_named_by_the_charts_rule(string release, string chart, string? full, string expected)
    {
        var config = full is null ? new JsonObject() : new JsonObject { ["fullnameOverride"] = full };
        Assert.Equal(expected, ChartProfiles.Find(chart)!.DeploymentName(release, config));
    }

    [Fact]
    public void The_number_is_spliced_into_the_right_Deployment_only()
    {
        var text = Sample.Manifest("db", "scalardb", 3).Replace("\n", "\r\n", StringComparison.Ordinal);
        var changed = new ReleaseManifest(text, "prod/db").WithReplicas(Server, 0);
        Assert.Equal(text.Replace("replicas: 3 # as given", "replicas: 0 # as given", StringComparison.Ordinal), changed);
        Assert.Equal(0, new ReleaseManifest(changed, "prod/db").Replicas(Server));
    }

    [Fact]
    public void Where_there_is_no_number_one_is_put_in()
    {
        var text = Sample.Manifest("db", "scalardb", 3).Replace("  replicas: 3 # as given\n", "", StringComparison.Ordinal);
        var manifest = new ReleaseManifest(text, "prod/db");
        Assert.Null(manifest.Replicas(Server));
        Assert.Equal(5, new ReleaseManifest(manifest.WithReplicas(Server, 5), "prod/db").Replicas(Server));
    }

    [Fact]
    public void Any_number_is_read_back_and_nothing_else_changes() =>
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 9999], Gen.String[Gen.Char["ab\n#'\"é☃\t :-"], 0, 40]).Sample((from, to, noise) =>
        {
            var properties = "key=" + noise.Replace("\t", " ", StringComparison.Ordinal);
            var text = Sample.Manifest("db", "scalardb", from, properties: properties);
            var changed = new ReleaseManifest(text, "prod/db").WithReplicas(Server, to);
            Assert.Equal(text.Replace($"{from} # as given", $"{to} # as given", StringComparison.Ordinal), changed);
            Assert.Equal(to, new ReleaseManifest(changed, "prod/db").Replicas(Server));
        });

    [Fact]
    public void A_manifest_that_cannot_be_read_is_a_fault_with_its_place()
    {
        var fault = Assert.Throws<RestoreException>(() => new ReleaseManifest("---\nkind: A\n---\nkind: [B\n", "prod/db"));
        Assert.Equal("ReleaseUnreadable", fault.Id);
        Assert.Matches(@"line [45], column", fault.Message);
    }

    [Fact]
    public void Values_are_set_with_all_that_is_missing_above_them()
    {
        var values = JsonNode.Parse("""{"scalardb":null,"other":1}""")!.AsObject();
        ChartValues.Set(values, "scalardb.replicaCount", 0);
        Assert.Equal("""{"scalardb":{"replicaCount":0},"other":1}""", values.ToJsonString());
        Assert.Equal(3, ChartValues.Number(JsonNode.Parse("""{"a":{"b":3.0}}""")!.AsObject(), "a.b"));
        Assert.Null(ChartValues.Number(JsonNode.Parse("""{"a":{"b":"3"}}""")!.AsObject(), "a.b"));
    }

    private static string Pack(string json)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
