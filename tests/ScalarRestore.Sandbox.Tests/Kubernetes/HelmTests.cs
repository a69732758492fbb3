using System.Text.Json.Nodes;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

/// <summary>Unmodified helm against the sandbox.</summary>
public sealed class HelmTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [ToolFact("helm")]
    public async Task Installs_upgrades_rolls_back_and_uninstalls()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"install led {ClusterFixture.Chart("scalardl")} -n {ns} --set ledger.replicaCount=2 --wait --timeout 60s");
        Assert.Equal(2, await ReadyAsync(ns, "led-scalardl-ledger"));

        var values = Path.Combine(cluster.Sandbox.Folder, $"{ns}.yaml");
        await File.WriteAllTextAsync(values, "ledger:\n  ledgerProperties: |\n    scalar.db.contact_points=restored\n");
        await OkAsync($"upgrade led {ClusterFixture.Chart("scalardl")} --version 4.5.3 -n {ns} -f {values} --set ledger.replicaCount=0 --wait");
        await ClusterFixture.UntilAsync(() => PodsAsync(ns, "ledger"), pods => pods.Count == 0);
        Assert.Equal(3, (await PodsAsync(ns, "envoy")).Count);

        await OkAsync($"upgrade led {ClusterFixture.Chart("scalardl")} -n {ns} --reuse-values --set ledger.replicaCount=3 --wait --timeout 60s");
        var history = (await OkAsync($"history led -n {ns} -o json")).Json.AsArray();
        Assert.Equal(["superseded", "superseded", "deployed"], history.Select(entry => (string?)entry!["status"]));
        Assert.Equal("scalardl-4.5.3", (string?)history[2]!["chart"]);

        var given = (await OkAsync($"get values led -n {ns} -o json")).Json;
        Assert.Equal(3, (int)given["ledger"]!["replicaCount"]!);
        Assert.Equal("scalar.db.contact_points=restored\n", (string?)given["ledger"]!["ledgerProperties"]);
        Assert.Contains("scalar.db.contact_points=restored", (await OkAsync($"get manifest led -n {ns}")).Output, StringComparison.Ordinal);

        await OkAsync($"rollback led 1 -n {ns} --wait --timeout 60s");
        Assert.Equal(2, await ReadyAsync(ns, "led-scalardl-ledger"));
        await OkAsync($"uninstall led -n {ns}");
        await ClusterFixture.UntilAsync(() => PodsAsync(ns, "ledger"), pods => pods.Count == 0);
        Assert.Empty((await OkAsync($"list -n {ns} -o json")).Json.AsArray());
    }

    [ToolFact("helm")]
    public async Task Pods_keep_the_config_map_they_mounted_at_their_start()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"install db {ClusterFixture.Chart("scalardb")} -n {ns} --set scalardb.replicaCount=1 --wait --timeout 60s");
        var pod = Assert.Single(await PodsAsync(ns, "scalardb"));
        var map = (await cluster.KubectlAsync($"get configmap db-scalardb-database-properties -n {ns} -o json")).Json;

        Assert.Equal(
            $"configmap/db-scalardb-database-properties@{map["metadata"]!["resourceVersion"]}",
            (string?)pod!["metadata"]!["annotations"]!["sandbox.scalarrestore.dev/mounted-scalardb-database-properties-volume"]);
    }

    [ToolFact("helm")]
    public async Task A_job_release_ends_with_its_job()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"install repair-schema-ledger {ClusterFixture.Chart("schema-loading")} -n {ns} --set schemaLoading.commandArgs={{--repair-all}} --wait --wait-for-jobs --timeout 60s");

        var log = (await cluster.KubectlAsync($"logs job/repair-schema-ledger-schema-loading -n {ns}")).Succeeded().Output;
        Assert.Contains("finished successfully", log, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task A_wait_ends_in_failure_where_pods_cannot_start()
    {
        var ns = await cluster.NewNamespaceAsync();

        var result = await cluster.HelmAsync($"install db {ClusterFixture.Chart("scalardb-cluster")} -n {ns} --set scalardbCluster.secretName=missing --wait --timeout 3s");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("timed out waiting for the condition", result.Error, StringComparison.Ordinal);
        var status = (await OkAsync($"status db -n {ns} -o json")).Json;
        Assert.Equal("failed", (string?)status["info"]!["status"]);
    }

    [ToolFact("helm")]
    public async Task A_release_whose_name_holds_the_chart_name_is_not_doubled()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"install my-scalardl-audit {ClusterFixture.Chart("scalardl-audit")} -n {ns} --set envoy.enabled=false");

        var names = (await cluster.KubectlAsync($"get deployments,configmaps,secrets,services -n {ns} -o name")).Succeeded().Output;

        Assert.Contains("deployment.apps/my-scalardl-audit-auditor\n", names, StringComparison.Ordinal);
        Assert.Contains("configmap/my-scalardl-audit-auditor-properties\n", names, StringComparison.Ordinal);
        Assert.Contains("secret/my-scalardl-audit-auditor\n", names, StringComparison.Ordinal);
        Assert.Contains("service/my-scalardl-audit-headless\n", names, StringComparison.Ordinal);
        Assert.DoesNotContain("envoy", names, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task A_wrong_replica_count_is_refused_by_the_chart_and_by_the_server()
    {
        var ns = await cluster.NewNamespaceAsync();

        var byChart = await cluster.HelmAsync($"install db {ClusterFixture.Chart("scalardb")} -n {ns} --set-string scalardb.replicaCount=0");
        Assert.Contains("Expected: integer, given: string", byChart.Error, StringComparison.Ordinal);

        var byServer = await cluster.HelmAsync($"install db {ClusterFixture.Chart("scalardb")} -n {ns} --set scalardb.replicaCount=-1");
        Assert.Contains("spec.replicas: Invalid value: -1", byServer.Error, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task A_reader_can_list_and_not_upgrade()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"install db {ClusterFixture.Chart("scalardb")} -n {ns}");

        var list = await cluster.HelmAsync($"list -n {ns} -o json", cluster.Sandbox.ReadOnlyKubeconfigPath);
        Assert.Equal("db", (string?)list.Json[0]!["name"]);
        var upgrade = await cluster.HelmAsync($"upgrade db {ClusterFixture.Chart("scalardb")} -n {ns}", cluster.Sandbox.ReadOnlyKubeconfigPath);
        Assert.Contains("secrets is forbidden: User \"sandbox-readonly\" cannot create resource \"secrets\" in API group \"\"", upgrade.Error, StringComparison.Ordinal);
    }

    private async Task<ToolResult> OkAsync(string arguments) => (await cluster.HelmAsync(arguments)).Succeeded();

    private async Task<int> ReadyAsync(string ns, string deployment)
    {
        var found = (await cluster.KubectlAsync($"get deployment {deployment} -n {ns} -o json")).Json;
        return (int?)found["status"]!["readyReplicas"] ?? 0;
    }

    private async Task<JsonArray> PodsAsync(string ns, string app) =>
        (await cluster.KubectlAsync($"get pods -n {ns} -l app.kubernetes.io/app={app} -o json")).Json["items"]!.AsArray();
}
