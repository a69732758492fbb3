using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>The background writer: it writes as long as its pods run, and says into what.</summary>
public sealed class WriterTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task Writes_nothing_without_pods()
    {
        var table = await fixture.CreateAsync();
        await fixture.Sandbox.Control.SendAsync(HttpMethod.Put, "writer", $$"""{"namespace":"nobody","tables":["{{table}}"],"intervalSeconds":0.1}""");
        await fixture.Sandbox.Clock.Delay(TimeSpan.FromSeconds(4));
        var report = await fixture.Sandbox.Control.SendAsync(HttpMethod.Delete, "writer");
        Assert.Equal(0, (int)report["tables"]![table]!["writes"]!);
        Assert.False((bool)report["running"]!);
    }

    [ToolFact("kubectl")]
    public async Task Writes_while_pods_run_and_ends_with_them()
    {
        var table = await fixture.CreateAsync(withRecovery: true);
        await KubectlAsync("create", "deployment", "app", "--image=app:1", "--replicas=2");
        await KubectlAsync("rollout", "status", "deployment/app", "--timeout=30s");
        await fixture.Sandbox.Control.SendAsync(
            HttpMethod.Put, "writer", $$$"""{"namespace":"default","labels":{"app":"app"},"tables":["{{{table}}}","no.table"],"intervalSeconds":0.2,"mode":"put"}""");
        await fixture.UntilAsync(async () => (int)(await ReportAsync())["tables"]![table]!["writes"]! >= 5);

        // So long that the writer comes round while the table is going, however busy the machine is.
        await fixture.Sandbox.Control.PatchSettingsAsync("""{"dynamodb":{"deleteTableSeconds":3600}}""");
        await fixture.Client.DeleteTableAsync(table);
        await fixture.UntilAsync(async () => (await ReportAsync())["tables"]![table]!["writesByTableState"]!["DELETING"] is not null);
        await KubectlAsync("scale", "deployment/app", "--replicas=0");
        await fixture.UntilAsync(async () => !(bool)(await ReportAsync())["running"]!);

        var report = await ReportAsync();
        var states = report["tables"]![table]!["writesByTableState"]!;
        Assert.True((int)states["ACTIVE"]! >= 5);
        Assert.True((int)states["DELETING"]! >= 1);
        Assert.Equal((int)states["ACTIVE"]! + (int)states["DELETING"]!, (int)report["tables"]![table]!["writes"]!);
        Assert.Equal(0, (int)report["tables"]!["no.table"]!["writes"]!);
        Assert.True((int)report["tables"]!["no.table"]!["refused"]! >= 5);
        Assert.True((bool)report["hasSeenPods"]!);
    }

    private Task<JsonNode> ReportAsync() => fixture.Sandbox.Control.GetAsync("writer");

    private async Task KubectlAsync(params string[] args) =>
        (await Tool.RunAsync("kubectl", args, fixture.Sandbox.Environment)).Succeeded();
}
