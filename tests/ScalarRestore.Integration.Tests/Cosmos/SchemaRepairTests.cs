using ScalarRestore.Integration.Tests.Procedures;
using ScalarRestore.Integration.Tests.Workloads;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>The stored procedures of a restored account are brought back, and what is missing besides is never made anew.</summary>
public sealed class SchemaRepairTests(RunWorld world) : IClassFixture<RunWorld>
{
    private static readonly string[] Tables = ["app/containers/orders", "app/containers/events", "coordinator/containers/state"];

    private readonly RecordingHost _host = new() { CanAsk = false };

    [ToolFact("helm")]
    public async Task Copy_puts_back_what_is_missing_and_nothing_twice()
    {
        var run = await RestoredAsync("copied");
        await DeleteProcedureAsync(run, Tables[0], Tables[2]);

        var look = await RepairAsync(new RepairSchemaRequest { Run = run, Method = SchemaRepairMethod.Copy, WhatIf = true });
        Assert.True(look.NotExecuted);
        Assert.Equal(["cosmosdb.containers", "cosmosdb.procedures", "cosmosdb.mutate"], look.Plan!.Steps.Select(step => step.Kind));
        Assert.Equal([false, true, false], await PresentAsync(run));

        await world.Azure.Process.Control.ClearCallsAsync();
        var repaired = await RepairAsync(new RepairSchemaRequest { Run = run, Method = SchemaRepairMethod.Copy });
        Assert.Equal((RestorePhase.Restored, RestoreOutcome.Incomplete), (repaired.Phase, repaired.Outcome));
        Assert.Equal([true, true, true], await PresentAsync(run));
        Assert.Contains($"copied-{run.RunId}: all 3 containers that ScalarDB writes into have their stored procedure.", _host.Lines);
        Assert.Equal(2, await CallsAsync("PutProcedure"));
        Assert.Contains(_host.Processed, line => line.Contains($"copied-{run.RunId}", StringComparison.Ordinal));

        await RepairAsync(new RepairSchemaRequest { Run = repaired, Method = SchemaRepairMethod.Copy });
        Assert.Equal(2, await CallsAsync("PutProcedure"));
        await world.NothingShowsSecretsAsync(repaired, [_host], look.Plan.Steps);
    }

    [ToolFact("helm")]
    public async Task A_repair_that_dies_at_any_record_is_taken_up_again()
    {
        var run = await RestoredAsync("dying");
        for (var at = 1; ; at++)
        {
            await DeleteProcedureAsync(run, Tables[1]);
            var host = new RecordingHost { CanAsk = false, DiesAt = at };
            var fault = await Record.ExceptionAsync(() => world.Engine().RepairSchemaAsync(new RepairSchemaRequest { Run = run, Method = SchemaRepairMethod.Copy }, host, CancellationToken.None));
            if (fault is null)
            {
                Assert.True(at > 10, $"Only {at - 1} records were written.");
                break;
            }

            // Before the plan is written down nothing is under way, and the command is given again.
            Assert.Contains("the process died", fault.ToString(), StringComparison.Ordinal);
            var left = await FoundAsync(run);
            var ended = left.Phase == RestorePhase.RepairingSchema
                ? await world.Engine().ResumeAsync(new ResumeRequest { RunId = run.RunId, JournalPath = Path.GetDirectoryName(run.JournalPath) }, _host, CancellationToken.None)
                : await RepairAsync(new RepairSchemaRequest { Run = run, Method = SchemaRepairMethod.Copy });
            Assert.Equal(RestorePhase.Restored, ended.Phase);
            Assert.Equal([true, true, true], await PresentAsync(run));
        }
    }

    [ToolFact("helm")]
    public async Task A_container_that_is_missing_is_a_fault_before_anything_could_make_it()
    {
        var run = await RestoredAsync("lacking");
        await DeleteAsync($"{Restored(run)}/sqlDatabases/{Tables[1]}");
        await world.Azure.Process.Control.ClearCallsAsync();
        var loader = await LoaderAsync("lacking", run);
        foreach (var request in (RepairSchemaRequest[])[new RepairSchemaRequest { Run = run, Method = SchemaRepairMethod.Copy }, loader.Request])
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => RepairAsync(request));
            Assert.Equal("ContainersMissing", fault.Id);
            Assert.Contains("app/events", fault.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(loader.Log));
        Assert.DoesNotContain(await world.Azure.Process.Control.CallsAsync(), call => call.IsWrite && call.Service == "cosmos");
        Assert.Equal((RestorePhase.RepairingSchema, RestoreOutcome.Failed), ((await FoundAsync(run)).Phase, (await FoundAsync(run)).Outcome));
    }

    [ToolFact("helm")]
    public async Task Where_the_source_has_lost_the_procedure_too_the_repair_fails()
    {
        var run = await RestoredAsync("poor");
        await DeleteProcedureAsync(run, Tables);
        foreach (var table in Tables)
            await DeleteAsync($"{world.Azure.Id("poor")}/sqlDatabases/{table}/storedProcedures/mutate.js");

        var fault = await Assert.ThrowsAsync<RestoreException>(() => RepairAsync(new RepairSchemaRequest { Run = run, Method = SchemaRepairMethod.Copy }));
        Assert.Equal("ProceduresMissing", fault.Id);
        Assert.Contains("app/events, app/orders", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Method", fault.Mend, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task The_loader_is_run_for_each_schema_file_with_the_coordinator_once()
    {
        var run = await RestoredAsync("loaded");
        var loader = await LoaderAsync("loaded", run);
        var repaired = await RepairAsync(loader.Request);

        Assert.Equal(RestorePhase.Restored, repaired.Phase);
        var (jar, config, schemas) = (loader.Request.LoaderPath, loader.Request.ConfigPath, loader.Request.SchemaFiles);
        Assert.Equal(
            [$"-jar {jar} --config {config} -f {schemas[0]} --coordinator --repair-all", $"-jar {jar} --config {config} -f {schemas[1]} --repair-all"],
            await File.ReadAllLinesAsync(loader.Log));

        // It writes the key, and it is not shown.
        Assert.Contains("scalar.db.password=***", _host.Lines);
        await world.NothingShowsSecretsAsync(repaired, [_host], repaired.Plan!.Steps);
    }

    [ToolFact("helm")]
    public async Task A_loader_that_says_it_succeeded_is_not_believed()
    {
        var run = await RestoredAsync("believed");
        await DeleteProcedureAsync(run, Tables[0]);
        var loader = await LoaderAsync("believed", run);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => RepairAsync(loader.Request));
        Assert.Equal("ProceduresMissing", fault.Id);
        Assert.Equal(2, (await File.ReadAllLinesAsync(loader.Log)).Length);
    }

    [ToolFact("helm")]
    public async Task A_loader_that_fails_is_told_without_keys_and_another_way_leads_on()
    {
        var run = await RestoredAsync("failing");
        await DeleteProcedureAsync(run, Tables[0]);
        var loader = await LoaderAsync("failing", run, exitCode: 3);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => RepairAsync(loader.Request));
        Assert.Equal("SchemaLoaderFailed", fault.Id);
        Assert.Contains("exit code 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("scalar.db.password=***", fault.Message, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(loader.Log));

        var left = await FoundAsync(run);
        Assert.Contains("exit code 3", left.Error, StringComparison.Ordinal);
        var repaired = await RepairAsync(new RepairSchemaRequest { Run = left, Method = SchemaRepairMethod.Copy });
        Assert.Equal(RestorePhase.Restored, repaired.Phase);
        Assert.Equal([true, true, true], await PresentAsync(run));
        await world.NothingShowsSecretsAsync(repaired, [_host], [fault.ToString(), fault.Mend!]);
    }

    [ToolFact("helm")]
    public async Task What_does_not_fit_is_refused_before_anything_is_written_down()
    {
        var run = await RestoredAsync("refused");
        var loader = await LoaderAsync("refused", run);
        var source = world.Values.Write("properties", $"scalar.db.storage=cosmos\nscalar.db.contact_points={RunWorld.Endpoint("refused")}\nscalar.db.password=k\n");
        (RepairSchemaRequest Request, string Id)[] refused =
        [
            (loader.Request with { ConfigPath = source }, "SchemaLoaderConfigForeign"),
            (loader.Request with { SchemaFiles = [] }, "SchemaLoaderInput"),
            (loader.Request with { LoaderPath = null }, "SchemaLoaderInput"),
            (loader.Request with { LoaderPath = "/jars/scalardb-schema-loader-3.99.0.jar" }, "SchemaLoaderVersion"),
            (loader.Request with { Method = SchemaRepairMethod.Copy }, "SchemaLoaderInput"),
        ];
        var before = await File.ReadAllTextAsync(run.JournalPath);
        foreach (var (request, id) in refused)
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => RepairAsync(request));
            Assert.Equal(id, fault.Id);
            Assert.EndsWith("Nothing was changed.", fault.Mend, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(run.JournalPath));
        Assert.False(File.Exists(loader.Log));
    }

    private Task<RestoreRun> RepairAsync(RepairSchemaRequest request) => world.Engine().RepairSchemaAsync(request, _host, CancellationToken.None);

    private async Task<RestoreRun> RestoredAsync(string account)
    {
        var key = await world.MakeAsync(account);
        var run = (await world.RestoredAsync(_host, account, key)).Run;
        Assert.Equal([true, true, true], await PresentAsync(run));
        return run;
    }

    private async Task<RestoreRun> FoundAsync(RestoreRun run) =>
        Assert.Single(await world.Engine().GetRunsAsync(new RunQuery { RunIds = [run.RunId], JournalPath = Path.GetDirectoryName(run.JournalPath) }, _host, CancellationToken.None));

    private static string Restored(RestoreRun run) => run.Databases[0].NewResourceId!;

    private async Task DeleteProcedureAsync(RestoreRun run, params string[] tables)
    {
        foreach (var table in tables)
            await DeleteAsync($"{Restored(run)}/sqlDatabases/{table}/storedProcedures/mutate.js");

        Assert.Equal(Tables.Select(table => !tables.Contains(table, StringComparer.Ordinal)), await PresentAsync(run));
    }

    private async Task DeleteAsync(string path)
    {
        var deletion = await world.Azure.Raw.DeleteAsync(path, CancellationToken.None);
        while (!(await deletion.LookAsync(CancellationToken.None)).Done)
            await Task.Delay(TimeSpan.FromSeconds(1), world.Azure.Clock);
    }

    private async Task<IReadOnlyList<bool>> PresentAsync(RestoreRun run)
    {
        var present = new List<bool>();
        foreach (var table in Tables)
        {
            var procedures = await world.Azure.Raw.ListAsync($"{Restored(run)}/sqlDatabases/{table}/storedProcedures", CancellationToken.None);
            present.Add(procedures.Any(procedure => (string)procedure["name"]! == "mutate.js"));
        }

        return present;
    }

    private async Task<int> CallsAsync(string operation) => (await world.Azure.Process.Control.CallsAsync()).Count(call => call.Operation == operation);

    /// <summary>What stands in for Java: it writes down its arguments, and out its properties, as a loader that logs too much would.</summary>
    private async Task<(RepairSchemaRequest Request, string Log)> LoaderAsync(string account, RestoreRun run, int exitCode = 0)
    {
        var home = Directory.CreateTempSubdirectory("java-home-").FullName;
        var log = Path.Combine(home, "calls");
        var java = Path.Combine(Directory.CreateDirectory(Path.Combine(home, "bin")).FullName, "java");
        await File.WriteAllTextAsync(java, $"#!/bin/sh\necho \"$@\" >> '{log}'\ncat \"$4\"\necho 'Repairing the table' >&2\nexit {exitCode}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(java, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var key = await world.KeyAsync($"{account}-{run.RunId}");
        var config = world.Values.Write("properties", $"scalar.db.storage=cosmos\nscalar.db.contact_points={RunWorld.Endpoint($"{account}-{run.RunId}")}\nscalar.db.password={key}\n");
        var version = run.Workloads[0].Before.AppVersion;
        Assert.NotNull(version);
        Environment.SetEnvironmentVariable("JAVA_HOME", home);
        return (new RepairSchemaRequest
        {
            Run = run,
            Method = SchemaRepairMethod.Loader,
            LoaderPath = $"/jars/scalardb-schema-loader-{version}.jar",
            ConfigPath = config,
            SchemaFiles = ["/schemas/one.json", "/schemas/two.json"],
        }, log);
    }
}
