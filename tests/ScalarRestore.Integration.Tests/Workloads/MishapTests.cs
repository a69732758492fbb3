using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>What can go wrong while workloads are stopped and started.</summary>
public sealed class MishapTests(WorkloadWorld world) : IClassFixture<WorkloadWorld>
{
    [ToolFact("helm")]
    public async Task Lost_answers_and_broken_connections_at_every_call_of_the_record_writer_are_helped()
    {
        string[] operations = ["POST secrets", "PATCH deployments", "PUT secrets", "LIST secrets", "GET deployments"];
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
        var revision = 1;
        foreach (var effect in new[] { "drop", "loseAnswer", "error" })
        {
            foreach (var operation in operations)
            {
                await world.Sandbox.Control.SetFaultsAsync($$"""{"service":"kubernetes","operation":"{{operation}}","effect":"{{effect}}","status":503}""");
                var steps = revision % 2 == 1
                    ? WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(5))
                    : WorkloadPlanner.StartSteps([run], TimeSpan.Zero, TimeSpan.FromMinutes(5));
                var evidence = await world.RunAsync(steps);
                revision++;
                Assert.Equal(1, (int)(await world.Sandbox.Control.FaultsAsync())[0]!["hits"]!);
                Assert.Equal(revision, (int)evidence[steps[0].Key]["revision"]!);
            }
        }

        await world.Sandbox.Control.ClearFaultsAsync();
        var history = (await world.HelmAsync("history", "db", "-n", ns, "-o", "json", "--max", "50")).Json.AsArray();
        Assert.Equal(revision, history.Count);
        Assert.Equal("deployed", (string)history[^1]!["status"]!);
        Assert.All(history.Take(revision - 1), entry => Assert.Equal("superseded", (string)entry!["status"]!));
    }

    [ToolFact("helm")]
    public async Task A_crash_of_the_record_writer_at_every_call_is_completed_by_the_next_run_and_helm_refuses_meanwhile()
    {
        for (var call = 0; call < 4; call++)
        {
            foreach (var after in new[] { false, true })
            {
                var ns = await world.NewNamespaceAsync();
                await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
                var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
                var steps = WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(5));
                using var client = world.Client();
                using var crashing = new CrashingClient(client, call, after);

                await Assert.ThrowsAsync<CrashException>(() => world.RunAsync(steps, crashing));
                var between = await world.HelmAsync("upgrade", "db", Path.Combine(WorkloadWorld.ChartsFolder, "scalardb"), "-n", ns, "--reuse-values", "--dry-run");
                var begun = call > 0 || after;
                var complete = call == 3 && after;
                Assert.Equal(begun && !complete, between.ExitCode != 0);

                await world.RunAsync(steps);

                Assert.Equal(0, (await world.FindAsync(ns, "db")).Pods);
                Assert.Equal(
                    ["superseded", "deployed"],
                    (await world.HelmAsync("history", "db", "-n", ns, "-o", "json")).Json.AsArray().Select(revision => (string)revision!["status"]!));
            }
        }
    }

    [ToolFact("helm")]
    public async Task A_helm_that_was_killed_midway_is_recovered_from()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Helm);
        var step = WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(5))[0];
        await world.Sandbox.Control.SetFaultsAsync("""{"service":"kubernetes","operation":"PATCH deployments","effect":"hang"}""");
        using var client = world.Client();
        var editor = new HelmCli(client, new HelmProgram(Tool.Find("helm")!), world.Clock) { Orphan = TimeSpan.FromSeconds(2) };
        string? journaled = null;
        using var kill = new CancellationTokenSource();
        var context = new StepContext(
            step, "run", "Resume-ScalarRestore", world.Clock.GetUtcNow(), null, _ => null,
            (id, _) =>
            {
                journaled = id;
                return Task.CompletedTask;
            },
            (_, _) => { },
            _ => { },
            new Poller(world.Clock, new Random(1)));
        var running = editor.ScaleAsync(WorkloadWorld.Scaling(step), context, kill.Token);
        while ((await world.FindAsync(ns, "db")).ReleaseStatus != "pending-upgrade")
            await Task.Delay(50, CancellationToken.None);

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await world.Sandbox.Control.ClearFaultsAsync();
        Assert.Equal("helm:db:2", journaled);
        var foreign = await Assert.ThrowsAsync<RestoreException>(() => editor.ScaleAsync(WorkloadWorld.Scaling(step), world.Context(step), CancellationToken.None));
        Assert.Equal("ReleasePending", foreign.Id);

        var change = await editor.ScaleAsync(WorkloadWorld.Scaling(step), world.Context(step, journaled), CancellationToken.None);

        Assert.Equal((3, 0, true), (change.Revision, change.Replicas, change.Changed));
        Assert.Equal(
            ["superseded", "failed", "deployed"],
            (await world.HelmAsync("history", "db", "-n", ns, "-o", "json")).Json.AsArray().Select(revision => (string)revision!["status"]!));
    }

    [ToolFact("helm")]
    public async Task A_helm_that_finds_another_one_before_it_looks_again()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Helm);
        var step = WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(5))[0];
        using var client = world.Client();
        var editor = new HelmCli(client, new HelmProgram(Tool.Find("helm")!), world.Clock);
        await world.Sandbox.Control.SetFaultsAsync("""{"service":"kubernetes","operation":"POST secrets","effect":"error","status":409,"code":"AlreadyExists"}""");

        var change = await editor.ScaleAsync(WorkloadWorld.Scaling(step), world.Context(step), CancellationToken.None);

        Assert.Equal(1, (int)(await world.Sandbox.Control.FaultsAsync())[0]!["hits"]!);
        await world.Sandbox.Control.ClearFaultsAsync();
        Assert.Equal((2, 0, true), (change.Revision, change.Replicas, change.Changed));
    }

    [ToolFact("helm")]
    public async Task A_helm_that_fails_by_what_goes_by_is_run_again()
    {
        string[] operations = ["LIST secrets", "GET deployments", "POST secrets", "PATCH deployments", "PUT secrets"];
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Helm);
        using var client = world.Client();
        var editor = new HelmCli(client, new HelmProgram(Tool.Find("helm")!), world.Clock);
        var tries = 0;
        foreach (var effect in new[] { "drop", "loseAnswer", "error" })
        {
            foreach (var operation in operations)
            {
                var step = (tries++ % 2 == 0
                    ? WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(5))
                    : WorkloadPlanner.StartSteps([run], TimeSpan.Zero, TimeSpan.FromMinutes(5)))[0];

                // helm's own calls begin behind those with which the engine looks at the release.
                await world.Sandbox.Control.SetFaultsAsync(
                    $$"""{"service":"kubernetes","operation":"{{operation}}","effect":"{{effect}}","status":500,"from":{{(operation is "LIST secrets" or "GET deployments" ? 2 : 1)}}}""");

                var change = await editor.ScaleAsync(WorkloadWorld.Scaling(step), world.Context(step), CancellationToken.None);

                Assert.Equal(1, (int)(await world.Sandbox.Control.FaultsAsync())[0]!["hits"]!);
                Assert.True(change.Changed);
                Assert.Equal(tries % 2 == 0 ? 1 : 0, (await world.FindAsync(ns, "db")).Replicas);
            }
        }

        await world.Sandbox.Control.ClearFaultsAsync();
        var history = (await world.HelmAsync("history", "db", "-n", ns, "-o", "json", "--max", "50")).Json.AsArray();
        Assert.Equal("deployed", (string)history[^1]!["status"]!);

        // Where the call fails that marks the old revision as superseded, helm says so in its log alone, and leaves it deployed as well.
        Assert.DoesNotContain(history, entry => ((string)entry!["status"]!).StartsWith("pending", StringComparison.Ordinal));
    }

    [ToolFact("helm")]
    public async Task A_helm_that_fails_for_good_is_not_run_again()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Helm);
        var step = WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(5))[0];
        using var client = world.Client();
        var editor = new HelmCli(client, new HelmProgram(Tool.Find("helm")!), world.Clock);
        await world.Sandbox.Control.SetFaultsAsync("""{"service":"kubernetes","operation":"POST secrets","effect":"error","status":403,"code":"Forbidden","times":0}""");

        var fault = await Assert.ThrowsAsync<RestoreException>(() => editor.ScaleAsync(WorkloadWorld.Scaling(step), world.Context(step), CancellationToken.None));

        Assert.Equal("HelmFailed", fault.Id);
        Assert.Equal(1, (int)(await world.Sandbox.Control.FaultsAsync())[0]!["hits"]!);
        await world.Sandbox.Control.ClearFaultsAsync();
    }

    [ToolFact("helm")]
    public async Task Pods_that_do_not_end_are_named_when_the_deadline_passes()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
        await BehaveAsync(ns, "db-scalardb", "NeverTerminate");

        var fault = await Assert.ThrowsAsync<RestoreException>(() => world.StopAsync(run, TimeSpan.FromSeconds(90)));

        Assert.Equal("WaitTimedOut", fault.Id);
        Assert.Contains("3 left: db-scalardb-", fault.Message, StringComparison.Ordinal);
        Assert.Contains("on node sandbox-node, terminating since", fault.Message, StringComparison.Ordinal);
        using var client = world.Client();
        Assert.Equal("WritersPresent", (await Assert.ThrowsAsync<RestoreException>(() => new WriterFence(client, [run]).EnsureNoWritersAsync(CancellationToken.None))).Id);

        await BehaveAsync(ns, "db-scalardb", "Normal");
        await world.StopAsync(run);
        await new WriterFence(client, [run]).EnsureNoWritersAsync(CancellationToken.None);
    }

    [ToolFact("helm")]
    public async Task Pods_that_keep_crashing_are_a_fault_with_their_last_words()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=2");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
        await world.StopAsync(run);
        await BehaveAsync(ns, "db-scalardb", "CrashLoop");

        var fault = await Assert.ThrowsAsync<RestoreException>(() => world.StartAsync(run));

        Assert.Equal("WorkloadCrashLooping", fault.Id);
        Assert.Contains("Its last words:", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be read", fault.Message, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task Who_may_only_read_is_told_the_rule_that_is_missing()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
        using var client = world.Client(kubeconfig: world.Sandbox.ReadOnlyKubeconfigPath);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => world.RunAsync(WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(1)), client));

        Assert.Equal(("ClusterForbidden", FaultCategory.PermissionDenied), (fault.Id, fault.Category));
        Assert.Contains($"Role of namespace '{ns}'", fault.Mend, StringComparison.Ordinal);
        Assert.Contains("apiGroups: [\"\"], resources: [\"secrets\"], verbs: [\"create\"]", fault.Mend, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task While_planning_nothing_is_sent_but_reads()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
        var last = (await world.Sandbox.Control.CallsAsync())[^1].Sequence;
        using var client = world.Client(ServiceMode.ReadOnly);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => world.RunAsync(WorkloadPlanner.StopSteps([run], TimeSpan.FromMinutes(1)), client));

        Assert.Equal("ReadOnlyMode", fault.Id);
        Assert.DoesNotContain(await world.Sandbox.Control.CallsAsync(last), call => call.IsWrite);
    }

    [ToolFact("helm")]
    public async Task A_release_that_somebody_else_is_changing_is_left_alone()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        using var client = world.Client();
        var store = new HelmReleaseStore(client, world.Clock);
        var stored = (await store.HistoryAsync(ns, "db", CancellationToken.None))[0];
        var record = stored.Read();
        (record.Revision, record.Status, record.Description) = (2, "pending-upgrade", "Preparing upgrade");
        await store.CreateAsync(stored, record, CancellationToken.None);
        var workload = await world.FindAsync(ns, "db");

        Assert.Equal("ReleasePending", Assert.Throws<RestoreException>(() => WorkloadPreflight.Check([workload], ignoreBlockers: false)).Id);
        foreach (var engine in new[] { WorkloadEngine.Helm, WorkloadEngine.Record })
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => world.StopAsync(WorkloadWorld.Run(workload, engine)));
            Assert.Equal("ReleasePending", fault.Id);
        }
    }

    [ToolFact("helm")]
    public async Task An_autoscaler_is_found_before_it_can_do_harm()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        using var client = world.Client();
        var scaler = JsonNode.Parse(
            """
            {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"grow"},
             "spec":{"minReplicas":1,"maxReplicas":5,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"db-scalardb"}}}
            """)!.AsObject();
        await client.CreateAsync(KubeResource.Autoscalers, ns, scaler, CancellationToken.None);

        var workload = await world.FindAsync(ns, "db");

        Assert.Equal(["HorizontalPodAutoscaler 'grow'"], workload.Blockers);
        Assert.Equal("WorkloadBlocked", Assert.Throws<RestoreException>(() => WorkloadPreflight.Check([workload], ignoreBlockers: false)).Id);
    }

    [ToolFact("helm")]
    public async Task The_engine_is_chosen_by_what_can_be_had()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var workload = await world.FindAsync(ns, "db");
        var chooser = new EngineChooser(new HelmProgram(Tool.Find("helm")!));

        var folder = await chooser.ChooseAsync(workload, WorkloadEngine.Auto, WorkloadWorld.ChartsFolder, CancellationToken.None);
        Assert.Equal((WorkloadEngine.Helm, Path.Combine(WorkloadWorld.ChartsFolder, "scalardb")), (folder.Engine, folder.ChartReference));
        Assert.Equal(WorkloadEngine.Record, (await chooser.ChooseAsync(workload, WorkloadEngine.Auto, "no-such-repository", CancellationToken.None)).Engine);
        Assert.Equal("ChartNotFound", (await Assert.ThrowsAsync<RestoreException>(() => chooser.ChooseAsync(workload, WorkloadEngine.Helm, "no-such-repository", CancellationToken.None))).Id);
        var other = workload with { ChartVersion = "9.9.9" };
        Assert.Equal("ChartVersionMismatch", (await Assert.ThrowsAsync<RestoreException>(() => chooser.ChooseAsync(other, WorkloadEngine.Auto, WorkloadWorld.ChartsFolder, CancellationToken.None))).Id);
        var none = await new EngineChooser(null).ChooseAsync(workload, WorkloadEngine.Auto, null, CancellationToken.None);
        Assert.Equal(WorkloadEngine.Record, none.Engine);
        Assert.Contains("helm is not on PATH", none.Reason, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task A_chart_that_was_replaced_since_it_was_chosen_is_not_used()
    {
        var ns = await world.NewNamespaceAsync();
        await world.InstallAsync(ns, "db", "scalardb", "--set", "scalardb.replicaCount=1");
        var before = await world.FindAsync(ns, "db");
        var folder = Directory.CreateTempSubdirectory("scalar-restore-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "Chart.yaml"), "apiVersion: v2\nname: scalardb\nversion: 99.0.0\n");
            var run = WorkloadWorld.Run(before, WorkloadEngine.Helm) with { ChartReference = folder };
            Assert.Equal("ChartVersionMismatch", (await Assert.ThrowsAsync<RestoreException>(() => world.StopAsync(run))).Id);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var planned = WorkloadWorld.Run(before with { ChartVersion = "0.0.1" }, WorkloadEngine.Helm);
        Assert.Equal("ChartVersionMismatch", (await Assert.ThrowsAsync<RestoreException>(() => world.StopAsync(planned))).Id);
        Assert.Equal((1, 1), ((await world.FindAsync(ns, "db")).Revision, (await world.FindAsync(ns, "db")).Replicas));
    }

    [ToolFact("helm")]
    public async Task Who_shares_tables_with_a_run_without_being_in_it_is_found()
    {
        const string region = "scalardb.storageConfiguration.storage=dynamo,scalardb.storageConfiguration.contactPoints=eu-west-3,scalardb.replicaCount=1";
        var (ns, elsewhere) = (await world.NewNamespaceAsync(), await world.NewNamespaceAsync());
        await world.InstallAsync(ns, "db", "scalardb", "--set", region);
        await world.InstallAsync(elsewhere, "twin", "scalardb", "--set", region);
        await world.InstallAsync(elsewhere, "far", "scalardb", "--set", region.Replace("eu-west-3", "eu-west-1", StringComparison.Ordinal));
        var run = WorkloadWorld.Run(await world.FindAsync(ns, "db"), WorkloadEngine.Record);
        var twin = await world.FindAsync(elsewhere, "twin");
        using var client = world.Client(ServiceMode.ReadOnly);

        var writer = Assert.Single(await new OtherWorkloads(client, world.Clock).FindWritersAsync([run], CancellationToken.None));
        Assert.Equal((elsewhere, "twin"), (writer.Namespace, writer.Name));

        await world.StopAsync(WorkloadWorld.Run(twin, WorkloadEngine.Record));
        Assert.Empty(await new OtherWorkloads(client, world.Clock).FindWritersAsync([run], CancellationToken.None));
    }

    private Task BehaveAsync(string ns, string deployment, string behaviour) => world.Sandbox.Control.SendAsync(
        HttpMethod.Post, "pods/behaviour", $$"""{"namespace":"{{ns}}","deployment":"{{deployment}}","behaviour":"{{behaviour}}"}""");
}
