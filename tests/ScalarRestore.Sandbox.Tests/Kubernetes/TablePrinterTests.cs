using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

public sealed class TablePrinterTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Prints_a_pod_as_kubectl_shows_it()
    {
        var pod = JsonNode.Parse(
            """
            {"metadata":{"name":"web-1","namespace":"n","creationTimestamp":"2030-01-01T11:58:30Z"},
             "spec":{"containers":[{"name":"a"},{"name":"b"}]},
             "status":{"phase":"Running","containerStatuses":[{"ready":true,"restartCount":2},{"ready":false,"restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}
            """)!.AsObject();

        var table = TablePrinter.Print(BuiltInTypes.Pods, [pod], "7", include: null, Now);

        Assert.Equal("Table", (string?)table["kind"]);
        Assert.Equal("7", (string?)table["metadata"]!["resourceVersion"]);
        Assert.Equal(["Name", "Ready", "Status", "Restarts", "Age"], Headings(table).Take(5));
        Assert.Equal(["web-1", "1/2", "CrashLoopBackOff", "3", "90s"], Cells(table).Take(5));
        Assert.Equal("PartialObjectMetadata", (string?)table["rows"]![0]!["object"]!["kind"]);
    }

    [Fact]
    public void A_pod_being_deleted_is_terminating()
    {
        var pod = JsonNode.Parse("""{"metadata":{"name":"p","deletionTimestamp":"2030-01-01T12:00:30Z"},"status":{"phase":"Running"}}""")!.AsObject();

        Assert.Equal("Terminating", Cells(TablePrinter.Print(BuiltInTypes.Pods, [pod], "", null, Now))[2]);
    }

    [Fact]
    public void Wide_columns_have_priority_one()
    {
        var table = TablePrinter.Print(BuiltInTypes.Deployments, [], "", null, Now);

        var wide = table["columnDefinitions"]!.AsArray().Where(column => (int)column!["priority"]! == 1).Select(column => (string?)column!["name"]);
        Assert.Equal(["Containers", "Images", "Selector"], wide);
    }

    [Fact]
    public void Later_tables_of_a_watch_have_no_headings_and_can_carry_whole_objects()
    {
        var item = JsonNode.Parse("""{"kind":"Secret","metadata":{"name":"s"},"type":"Opaque","data":{"a":"eA=="}}""")!.AsObject();

        var table = TablePrinter.Print(BuiltInTypes.Secrets, [item], "", "Object", Now, headings: false);

        Assert.Empty(Headings(table));
        Assert.Equal("Secret", (string?)table["rows"]![0]!["object"]!["kind"]);
    }

    [Fact]
    public void Custom_columns_follow_their_paths()
    {
        var type = new ResourceType("argoproj.io", "v1alpha1", "applications", "Application", true)
        {
            IsCustom = true,
            PrinterColumns = JsonNode.Parse("""[{"name":"Sync","type":"string","jsonPath":".status.sync.status"}]""")!.AsArray(),
        };
        var item = JsonNode.Parse("""{"metadata":{"name":"a","creationTimestamp":"2030-01-01T10:00:00Z"},"status":{"sync":{"status":"Synced"}}}""")!.AsObject();

        Assert.Equal(["a", "Synced", "120m"], Cells(TablePrinter.Print(type, [item], "", null, Now)));
    }

    [Theory]
    [InlineData(5, "5s")]
    [InlineData(119, "119s")]
    [InlineData(180, "3m")]
    [InlineData(200, "3m20s")]
    [InlineData(3600, "60m")]
    [InlineData(4 * 3600, "4h")]
    [InlineData((5 * 3600) + 600, "5h10m")]
    [InlineData(3 * 86400, "3d")]
    [InlineData(30 * 86400, "30d")]
    [InlineData(-4, "0s")]
    public void Ages_are_short(int seconds, string expected) => Assert.Equal(expected, Columns.Span(TimeSpan.FromSeconds(seconds)));

    private static string?[] Headings(JsonObject table) => [.. table["columnDefinitions"]!.AsArray().Select(column => (string?)column!["name"])];

    private static string[] Cells(JsonObject table) => [.. table["rows"]![0]!["cells"]!.AsArray().Select(cell => cell!.ToString())];
}
