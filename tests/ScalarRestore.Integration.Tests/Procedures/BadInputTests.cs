namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary>Bad input gets one clear error that names the thing, its place and the mend; nothing is changed.</summary>
public sealed class BadInputTests(StagedWorld world) : IClassFixture<StagedWorld>
{
    private readonly RecordingHost _host = new();

    [Fact]
    public async Task A_release_that_is_not_there_is_named_with_those_that_are()
    {
        var fault = await FaultAsync("ReleaseNotFound", () => world.FindAsync(_host, "nobody"));
        Assert.Contains("orders", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_namespace_that_is_not_there() => FaultAsync(
        "NamespaceNotFound",
        () => world.Engine.GetWorkloadsAsync(new WorkloadQuery { Connection = world.Connection, Namespace = "nowhere" }, _host, CancellationToken.None));

    [Fact]
    public async Task A_context_that_is_not_there_is_named_with_those_that_are()
    {
        var fault = await FaultAsync(
            "ContextNotFound",
            () => world.Engine.GetWorkloadsAsync(new WorkloadQuery { Connection = world.Connection with { Context = "moon" } }, _host, CancellationToken.None));
        Assert.Contains("sandbox", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_broken_is_told_with_its_line()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "apiVersion: v1\nclusters: [\n");
        var fault = await FaultAsync(
            "KubeConfigInvalid",
            () => world.Engine.GetWorkloadsAsync(new WorkloadQuery { Connection = new KubernetesConnection { KubeConfigPath = path } }, _host, CancellationToken.None));
        Assert.Contains("line", fault.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public Task A_resource_of_a_kind_that_is_not_restored_is_not_passed_over() => FaultAsync(
        "DatabaseIdentifierUnknown",
        () => world.Engine.GetDatabasesAsync(
            new DatabaseQuery { Selection = new DatabaseSelection { Identifiers = ["/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/x"] } }, _host, CancellationToken.None));

    [Fact]
    public Task No_workloads_never_means_all() => FaultAsync(
        "NoWorkloads", () => world.Engine.StopWorkloadsAsync(new StopRequest { Workloads = [], JournalPath = world.NewJournal() }, _host, CancellationToken.None));

    [Fact]
    public async Task A_token_that_may_only_read_stops_nothing()
    {
        var workloads = await world.FindAsync(_host);
        var fault = await FaultAsync(
            "ClusterForbidden",
            () => world.Engine.StopWorkloadsAsync(
                new StopRequest
                {
                    Workloads = [.. workloads.Select(workload => workload with { Connection = world.ReadOnlyConnection })],
                    JournalPath = world.NewJournal(),
                    Engine = WorkloadEngine.Record,
                },
                _host,
                CancellationToken.None),
            "StepsFailed");
        Assert.Contains("secrets", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_in_the_future() => await PlanFaultAsync("RestoreTimeInFuture", new RestoreRequest { Run = await PlannedAsync(), RestoreTime = world.Clock.GetUtcNow().AddDays(1) });

    [Fact]
    public async Task A_time_before_the_window_is_told_for_every_table()
    {
        var fault = await PlanFaultAsync("RestorePreflightFailed", new RestoreRequest { Run = await PlannedAsync(), RestoreTime = world.RestoreTime.AddDays(-40) });
        Assert.Equal(world.Tables.Count, fault.Faults.Count);
        Assert.All(fault.Faults, item => Assert.Equal("RestoreTimeTooEarly", item.Id));
    }

    [Fact]
    public async Task A_table_that_is_not_there()
    {
        var fault = await PlanFaultAsync("RestorePreflightFailed", Named("db_app.t1", "db_app.typo"), "TableNotFound");
        Assert.Contains("db_app.typo", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task An_empty_list_of_tables() => PlanFaultAsync("NothingSelected", Named());

    [Fact]
    public Task A_wrong_secret_key() => FaultAsync(
        "AwsCredentialsRejected",
        () => world.EngineWith("wrong").GetDatabasesAsync(new DatabaseQuery { Selection = new DatabaseSelection { TableNames = ["db_app.t1"], Region = "ap-northeast-1" } }, _host, CancellationToken.None));

    [Fact]
    public async Task A_release_that_is_left_out_and_writes_to_the_same_tables()
    {
        // Ledger and Auditor keep their metadata apart, so that only a second look at the same release can be in the way here.
        var run = await PlannedAsync();
        var other = run.Workloads.First(workload => workload.Before.Product == ScalarProduct.Server);
        var renamed = run with { Workloads = [other with { Before = other.Before with { Name = "another" } }] };

        var fault = await FaultAsync("WritersPresent", () => world.Engine.RestoreDatabasesAsync(
            new RestoreRequest { Run = renamed, RestoreTime = world.RestoreTime, PlanOnly = true }, _host, CancellationToken.None));
        Assert.Contains("orders", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-IgnoreOtherWorkload", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_only_planned_cannot_be_gone_on_with() => await FaultAsync(
        "RunNotExecuted",
        async () => await world.Engine.RestoreDatabasesAsync(new RestoreRequest { Run = await PlannedAsync(), RestoreTime = world.RestoreTime }, _host, CancellationToken.None));

    [Fact]
    public Task A_run_that_is_not_there() => FaultAsync(
        "RunNotFound", () => world.Engine.ResumeAsync(new ResumeRequest { RunId = "20200101-000000-0000", JournalPath = world.NewJournal() }, _host, CancellationToken.None));

    private async Task<RestoreRun> PlannedAsync() => await world.Engine.StopWorkloadsAsync(
        new StopRequest { Workloads = await world.FindAsync(_host), JournalPath = world.NewJournal(), Engine = WorkloadEngine.Record, WhatIf = true }, _host, CancellationToken.None);

    private RestoreRequest Named(params string[] tables) => new()
    {
        Run = new RestoreRun
        {
            RunId = "20260101-000000-0000",
            JournalPath = world.NewJournal(),
            Phase = RestorePhase.Stopped,
            Outcome = RestoreOutcome.Incomplete,
            OpenedAt = world.Clock.GetUtcNow(),
        },
        RestoreTime = world.RestoreTime,
        Selection = new DatabaseSelection { TableNames = tables, Region = "ap-northeast-1" },
    };

    private async Task<RestoreException> PlanFaultAsync(string id, RestoreRequest request, string? inner = null)
    {
        var fault = await FaultAsync(inner ?? id, () => world.Engine.RestoreDatabasesAsync(request with { PlanOnly = true }, _host, CancellationToken.None), id);
        return fault;
    }

    /// <summary>Expects a fault of the id, or one around it, and that nothing was changed.</summary>
    private async Task<RestoreException> FaultAsync(string id, Func<Task> act, string? orAround = null)
    {
        var before = await world.StateAsync();
        var fault = await Assert.ThrowsAsync<RestoreException>(act);

        Assert.True(fault.Id == id || (fault.Id == orAround && fault.Faults.Any(item => item.Id == id)), $"{fault.Id}: {fault.Message} ({string.Join(", ", fault.Faults.Select(item => item.Id))})");
        Assert.False(string.IsNullOrWhiteSpace(fault.Mend ?? fault.Faults.FirstOrDefault()?.Mend), $"{fault.Id} has no mend");
        Assert.Equal(before, await world.StateAsync());
        return fault;
    }
}
