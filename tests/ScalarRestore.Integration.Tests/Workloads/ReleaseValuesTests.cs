using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>Values that change with the number of pods: in process and by helm the same comes out, and helm agrees afterwards.</summary>
public sealed partial class ReleaseValuesTests(WorkloadWorld world) : IClassFixture<WorkloadWorld>
{
    private const string Canary = "canary-pw-7f3a";
    private const string Block = "scalardb.databaseProperties";

    /// <summary>What the record writer changes: the record, the ConfigMap, the Deployment, the older record, the record again.</summary>
    private const int Changes = 5;

    [ToolTheory("helm")]
    [InlineData("a=new\nb=2\n")]
    [InlineData("a=new\nb=2")]
    [InlineData("a=new\n\n  indented=1\nb=2\n")]
    [InlineData("a=new")]
    [InlineData("# é – 🎉 and 'quotes' \"too\": {{ .Env.X }}\na=new\n")]
    [InlineData("a=new \nb=blank before the end\n")]
    [InlineData("a=new\tb\nc=\\\n    d\n")]
    [InlineData("---\na=new\n")]
    [InlineData("a: b # c\n- d\n")]
    public async Task Any_text_comes_out_as_helm_would_render_it(string text)
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        await ApplyAsync(ns, "db", WorkloadEngine.Record, new Dictionary<string, string>(StringComparer.Ordinal) { [Block] = text });

        Assert.Equal(text, await DataAsync(KubeResource.ConfigMaps, ns, "db-scalardb-database-properties", "database.properties.tmpl"));
        Assert.Equal(text, (string)(await world.HelmAsync("get", "values", "db", "-n", ns, "-o", "json")).Json["scalardb"]!["databaseProperties"]!);

        // Helm renders it again, and finds nothing that would roll the pods.
        var before = await TemplateAsync(ns, "db-scalardb");
        (await world.HelmAsync("upgrade", "db", Path.Combine(WorkloadWorld.ChartsFolder, "scalardb"), "-n", ns, "--reuse-values")).Succeeded();
        Assert.Equal(before, await TemplateAsync(ns, "db-scalardb"));
        Assert.Equal(text, await DataAsync(KubeResource.ConfigMaps, ns, "db-scalardb-database-properties", "database.properties.tmpl"));
        (await world.HelmAsync("rollback", "db", "1", "-n", ns)).Succeeded();
    }

    [ToolTheory("helm")]
    [InlineData(WorkloadEngine.Record)]
    [InlineData(WorkloadEngine.Helm)]
    public async Task Older_values_go_where_the_chart_puts_them(WorkloadEngine engine)
    {
        var ns = await world.NewNamespaceAsync();
        const string root = "ledger.scalarLedgerConfiguration";
        await world.InstallAsync(ns, "ledger", "scalardl", "--set", $"ledger.replicaCount=1,{root}.dbContactPoints=jdbc:mysql://old/,{root}.dbStorage=jdbc,{root}.dbPassword=old");
        var evidence = await ApplyAsync(ns, "ledger", engine, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{root}.dbContactPoints"] = "jdbc:mysql://new/",
            [$"{root}.dbPassword"] = Canary,
        });

        Assert.DoesNotContain(Canary, evidence.ToJsonString() + string.Concat(world.Log), StringComparison.Ordinal);
        Assert.Equal(Canary, Encoding.UTF8.GetString(Convert.FromBase64String(await DataAsync(KubeResource.Secrets, ns, "ledger-scalardl-ledger", "db-password"))));
        var template = await TemplateAsync(ns, "ledger-scalardl-ledger");
        Assert.Contains("\"value\":\"jdbc:mysql://new/\"", template, StringComparison.Ordinal);
        (await world.HelmAsync("upgrade", "ledger", Path.Combine(WorkloadWorld.ChartsFolder, "scalardl"), "-n", ns, "--reuse-values")).Succeeded();
        Assert.Equal(template, await TemplateAsync(ns, "ledger-scalardl-ledger"));
        Assert.Equal(Canary, Encoding.UTF8.GetString(Convert.FromBase64String(await DataAsync(KubeResource.Secrets, ns, "ledger-scalardl-ledger", "db-password"))));
    }

    [ToolFact("helm")]
    public async Task Both_ways_leave_the_same_of_every_product()
    {
        foreach (var (chart, key, map) in new[]
        {
            ("scalardb", Block, "-database-properties"),
            ("scalardb-cluster", "scalardbCluster.scalardbClusterNodeProperties", "-node-properties"),
            ("scalardl", "ledger.ledgerProperties", "-ledger-properties"),
            ("scalardl-audit", "auditor.auditorProperties", "-auditor-properties"),
        })
        {
            var seen = new List<string>();
            foreach (var engine in new[] { WorkloadEngine.Helm, WorkloadEngine.Record })
            {
                var ns = await world.NewNamespaceAsync();
                await world.InstallAsync(ns, "x", chart, "--set", $"{ChartProfiles.Find(chart)!.ReplicaKey}=1");
                await ApplyAsync(ns, "x", engine, new Dictionary<string, string>(StringComparer.Ordinal) { [key] = "# 🎉 é\nscalar.db.storage=jdbc\nscalar.db.contact_points=jdbc:mysql://new/\n" });
                using var client = world.Client();
                var data = (await client.GetAsync(KubeResource.ConfigMaps, ns, $"x-{chart}{map}", CancellationToken.None))["data"]!.ToJsonString();
                var template = await TemplateAsync(ns, (await world.FindAsync(ns, "x")).Deployment);
                var manifest = (await world.HelmAsync("get", "manifest", "x", "-n", ns)).Succeeded().Output;

                // The checksum covers the namespace's name.
                seen.Add(Checksum().Replace($"{data}\n{template}\n{manifest}", "SUM").Replace(ns, "NS", StringComparison.Ordinal));
            }

            Assert.Equal(seen[0], seen[1]);
        }
    }

    [ToolFact("helm")]
    public async Task A_crash_at_any_change_is_recovered_from()
    {
        for (var call = 0; call < Changes; call++)
        {
            foreach (var after in new[] { false, true })
            {
                var ns = await world.NewNamespaceAsync();
                await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
                var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
                await world.StopAsync(run);
                var values = new FixedValues(new Dictionary<string, string>(StringComparer.Ordinal) { [Block] = "a=new\n" });
                var step = WorkloadPlanner.StartSteps([run], TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), _ => values.Values).Take(1).ToList();
                using var client = world.Client();
                using var crashing = new CrashingClient(client, call, after);

                await Assert.ThrowsAsync<CrashException>(() => world.RunAsync(step, crashing, values));
                await world.RunAsync(step, values: values);

                Assert.Equal("a=new\n", await DataAsync(KubeResource.ConfigMaps, ns, "db-scalardb-database-properties", "database.properties.tmpl"));
                Assert.Equal(
                    ["superseded", "superseded", "deployed"],
                    (await world.HelmAsync("history", "db", "-n", ns, "-o", "json")).Json.AsArray().Select(revision => (string)revision!["status"]!));
                var template = await TemplateAsync(ns, "db-scalardb");
                (await world.HelmAsync("upgrade", "db", Path.Combine(WorkloadWorld.ChartsFolder, "scalardb"), "-n", ns, "--reuse-values")).Succeeded();
                Assert.Equal(template, await TemplateAsync(ns, "db-scalardb"));
            }
        }
    }

    [ToolFact("helm")]
    public async Task What_has_no_place_in_the_manifest_is_refused_and_nothing_changes()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => ApplyAsync(
            ns, "db", WorkloadEngine.Record, new Dictionary<string, string>(StringComparer.Ordinal) { ["scalardb.nothing"] = Canary }));
        Assert.Equal("ValuesNotRendered", fault.Id);
        Assert.Contains("scalardb.nothing", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await world.FindAsync(ns, "db")).Revision);
    }

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Checksum();

    private async Task<JsonObject> ApplyAsync(string ns, string release, WorkloadEngine engine, Dictionary<string, string> texts)
    {
        var run = WorkloadWorld.Run(await world.FindAsync(ns, release), engine);
        await world.StopAsync(run);
        var values = new FixedValues(texts);
        var steps = WorkloadPlanner.StartSteps([run], TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), _ => values.Values).Take(2).ToList();
        var evidence = await world.RunAsync(steps, values: values);
        return evidence[steps[0].Key];
    }

    private async Task<string> DataAsync(KubeResource resource, string ns, string name, string key)
    {
        using var client = world.Client();
        return (string)(await client.GetAsync(resource, ns, name, CancellationToken.None))["data"]![key]!;
    }

    private async Task<string> TemplateAsync(string ns, string deployment)
    {
        using var client = world.Client();
        return (await client.GetAsync(KubeResource.Deployments, ns, deployment, CancellationToken.None))["spec"]!["template"]!.ToJsonString();
    }
}
