using System.Security;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Integration.Tests.Procedures;

namespace ScalarRestore.Integration.Tests.Values;

/// <summary>Guide steps 3 and 4 with an endpoint that changed: from the user's file to the properties that running pods mount.</summary>
public sealed class UpdateTests(ValuesWorld world) : IClassFixture<ValuesWorld>
{
    private readonly RecordingHost _host = new();

    [ToolTheory("helm")]
    [InlineData(WorkloadEngine.Helm, false)]
    [InlineData(WorkloadEngine.Helm, true)]
    [InlineData(WorkloadEngine.Record, false)]
    [InlineData(WorkloadEngine.Record, true)]
    public async Task The_pods_use_the_restored_database(WorkloadEngine engine, bool fromRelease)
    {
        var ns = await world.Workloads.NewNamespaceAsync();
        var ledger = world.Values("ledger", "ledgerProperties");
        var auditor = world.Values("auditor", "auditorProperties", more: "  auditorPropertiesNote: none");
        await world.Workloads.InstallAsync(ns, "ledger", "scalardl", "-f", ledger);
        await world.Workloads.InstallAsync(ns, "auditor", "scalardl-audit", "-f", auditor, "--set", "auditor.resources.limits.cpu=1");
        var (before, other) = (await File.ReadAllTextAsync(ledger), await File.ReadAllTextAsync(auditor));
        var journal = world.NewJournal();

        var run = await world.StopAsync(_host, ns, engine, journal, "ledger", "auditor");
        var request = new UpdateValuesRequest { Run = run, Endpoints = [ValuesWorld.Change], Paths = fromRelease ? [] : [ledger, auditor], FromRelease = fromRelease };
        var update = await world.UpdateAsync(_host, request);

        Assert.Equal(RestorePhase.ValuesUpdated, update.Run!.Phase);
        Assert.Equal(fromRelease ? before : Moved(before), await File.ReadAllTextAsync(ledger));
        Assert.Equal(fromRelease ? other : Moved(other), await File.ReadAllTextAsync(auditor));
        Assert.Equal(2, update.Changes.Count);
        Assert.All(update.Changes, change => Assert.Equal(fromRelease ? ValuesChangeState.OnStart : ValuesChangeState.Changed, change.State));
        Assert.All(update.Changes, change => Assert.Contains($"+    scalar.db.contact_points=jdbc:mysql://{ValuesWorld.New}:3306/app", change.Diff, StringComparison.Ordinal));
        Assert.All(update.Changes, change => Assert.DoesNotContain(ValuesWorld.Canary, change.Diff, StringComparison.Ordinal));

        // Twice is once.
        var again = await world.UpdateAsync(_host, request with { Run = update.Run });
        Assert.Equal(RestorePhase.ValuesUpdated, again.Run!.Phase);
        Assert.Equal(fromRelease ? before : Moved(before), await File.ReadAllTextAsync(ledger));

        var end = await world.StartAsync(_host, again.Run);
        Assert.Equal((RestorePhase.Started, RestoreOutcome.SucceededWithWarnings), (end.Phase, end.Outcome));
        Assert.Contains(end.Steps, step => step.Key == $"values:{ns}/ledger" && step.State == StepState.Done);
        foreach (var (release, map, root, key) in new[] { ("ledger", "ledger-scalardl-ledger-properties", "ledger", "ledgerProperties"), ("auditor", "auditor-scalardl-audit-auditor-properties", "auditor", "auditorProperties") })
        {
            var values = (await world.Workloads.HelmAsync("get", "values", release, "-n", ns, "-o", "json")).Json;
            Assert.Contains(ValuesWorld.New, (string)values[root]![key]!, StringComparison.Ordinal);
            Assert.DoesNotContain(ValuesWorld.Old, (string)values[root]![key]!, StringComparison.Ordinal);
            Assert.Equal(2, (int)values[root]!["replicaCount"]!);
            Assert.Contains($"jdbc:mysql://{ValuesWorld.New}:3306/app", await world.PropertiesAsync(ns, map), StringComparison.Ordinal);
            Assert.Contains(ValuesWorld.New, (await world.Workloads.HelmAsync("get", "manifest", release, "-n", ns)).Succeeded().Output, StringComparison.Ordinal);
        }

        // What was given beside the file stays given, and the journal holds no password.
        Assert.Equal(1, (int)(await world.Workloads.HelmAsync("get", "values", "auditor", "-n", ns, "-o", "json")).Json["auditor"]!["resources"]!["limits"]!["cpu"]!);
        Assert.All(Directory.GetFiles(journal), file => Assert.DoesNotContain(ValuesWorld.Canary, File.ReadAllText(file), StringComparison.Ordinal));
        var found = Assert.Single(await world.Engine.GetRunsAsync(new RunQuery { JournalPath = journal }, _host, CancellationToken.None));
        Assert.Equal(2, found.Values.Count);
        Assert.All(found.Values, change => Assert.Contains(change.Edits, edit => edit.New == $"{ValuesWorld.New}:3306"));
    }

    [ToolFact("helm")]
    public async Task A_Secret_that_feeds_a_placeholder_is_changed_and_nothing_else_in_it()
    {
        var ns = await world.Workloads.NewNamespaceAsync();
        await world.SecretAsync(ns, "db", ("DB_URL", $"jdbc:postgresql://{ValuesWorld.Old}/app"), ("DB_PASSWORD", ValuesWorld.Canary));
        var values = world.Values("scalardb", "databaseProperties", "{{ default .Env.DB_URL \"\" }}", "  secretName: db", password: "{{ default .Env.DB_PASSWORD \"\" }}");
        var text = await File.ReadAllTextAsync(values);
        await world.Workloads.InstallAsync(ns, "db", "scalardb", "-f", values);
        var journal = world.NewJournal();
        var run = await world.StopAsync(_host, ns, WorkloadEngine.Record, journal, "db");
        var request = new UpdateValuesRequest { Run = run, Endpoints = [ValuesWorld.Change], Paths = [values] };

        var told = await Assert.ThrowsAsync<RestoreException>(() => world.UpdateAsync(_host, request));
        Assert.Equal("EndpointInSecret", told.Id);
        Assert.Contains($"Secret {ns}/db, key DB_URL", told.Message, StringComparison.Ordinal);
        Assert.Contains(ValuesWorld.New, told.Message, StringComparison.Ordinal);
        Assert.Equal($"jdbc:postgresql://{ValuesWorld.Old}/app", await world.SecretValueAsync(ns, "db", "DB_URL"));

        var update = await world.UpdateAsync(_host, request with { UpdateSecret = true });
        Assert.Equal(text, await File.ReadAllTextAsync(values));
        Assert.Equal($"jdbc:postgresql://{ValuesWorld.New}/app", await world.SecretValueAsync(ns, "db", "DB_URL"));
        Assert.Equal(ValuesWorld.Canary, await world.SecretValueAsync(ns, "db", "DB_PASSWORD"));
        var secret = Assert.Single(update.Changes, change => change.Target == ValuesTarget.Secret);
        Assert.Equal(($"{ns}/db", ValuesChangeState.Changed), (secret.Path, secret.State));

        // Somebody who changed it by hand is right as well.
        var again = await world.UpdateAsync(_host, request with { Run = update.Run });
        var end = await world.StartAsync(_host, again.Run!);
        Assert.Equal(RestorePhase.Started, end.Phase);
        Assert.Contains(end.Steps, step => step.Key == $"values:{ns}/db" && step.State == StepState.Done);
        Assert.All(Directory.GetFiles(journal), file => Assert.DoesNotContain(ValuesWorld.Canary, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [ToolTheory("helm")]
    [InlineData(WorkloadEngine.Helm, false)]
    [InlineData(WorkloadEngine.Record, false)]
    [InlineData(WorkloadEngine.Helm, true)]
    [InlineData(WorkloadEngine.Record, true)]
    public async Task A_restored_Cosmos_account_gets_its_key_where_the_old_one_was(WorkloadEngine engine, bool fromRelease)
    {
        const string old = "https://acct.documents.azure.com:443/";
        const string restored = "https://acct-r1.documents.azure.com:443/";
        var ns = await world.Workloads.NewNamespaceAsync();
        var values = world.Values("ledger", "ledgerProperties", old, storage: "cosmos");
        await world.Workloads.InstallAsync(ns, "ledger", "scalardl", "-f", values);
        var journal = world.NewJournal();
        var run = await world.StopAsync(_host, ns, engine, journal, "ledger");
        var request = new UpdateValuesRequest
        {
            Run = run,
            Endpoints = [new EndpointChange { Old = old, New = restored }],
            Paths = fromRelease ? [] : [values],
            FromRelease = fromRelease,
        };
        _host.Secret = Secure("new-canary-key==");
        var update = await world.UpdateAsync(_host, request);
        Assert.Equal(fromRelease, !(await File.ReadAllTextAsync(values)).Contains("scalar.db.password=new-canary-key==", StringComparison.Ordinal));
        var diff = update.Changes[0].Diff!;
        Assert.DoesNotContain("canary", diff, StringComparison.Ordinal);
        Assert.Contains("***", diff, StringComparison.Ordinal);

        var end = await world.StartAsync(_host, update.Run!);
        Assert.Equal(RestorePhase.Started, end.Phase);
        var properties = await world.PropertiesAsync(ns, "ledger-scalardl-ledger-properties");
        Assert.Contains($"scalar.db.contact_points={restored}", properties, StringComparison.Ordinal);
        Assert.Contains("scalar.db.password=new-canary-key==", properties, StringComparison.Ordinal);
        Assert.DoesNotContain(ValuesWorld.Canary, properties, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(journal), file => Assert.DoesNotContain("canary", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.DoesNotContain(_host.Lines.Concat(_host.Warnings).Concat(_host.Processed), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [ToolFact("helm")]
    public async Task What_cannot_be_told_apart_or_is_not_there_is_refused_and_nothing_changes()
    {
        var ns = await world.Workloads.NewNamespaceAsync();
        var (one, two) = (world.Values("scalardb", "databaseProperties"), world.Values("scalardb", "databaseProperties"));
        await world.Workloads.InstallAsync(ns, "one", "scalardb", "-f", one);
        await world.Workloads.InstallAsync(ns, "two", "scalardb", "-f", two);
        var text = await File.ReadAllTextAsync(one);
        var run = await world.StopAsync(_host, ns, WorkloadEngine.Record, world.NewJournal(), "one", "two");
        var request = new UpdateValuesRequest { Run = run, Endpoints = [ValuesWorld.Change], Paths = [one, two] };

        await RefusedAsync("WorkloadAmbiguous", request);
        await RefusedAsync("PathMissing", request with { Paths = [] });
        await RefusedAsync("PathAndRelease", request with { FromRelease = true });
        await RefusedAsync("WorkloadNotInRun", request with { Names = ["three"] });
        await RefusedAsync("EndpointNotFound", request with { Endpoints = [new EndpointChange { Old = "elsewhere", New = "x" }] });
        await RefusedAsync("WrongPhase", request with { Endpoints = [] });

        // A file that is not the release's is caught before it is edited, and so is one that says nothing of the endpoint.
        var foreign = world.Values("scalardb", "databaseProperties", "jdbc:mysql://foreign:3306/");
        await RefusedAsync("EndpointNotFound", request with { Names = ["one"], Paths = [foreign] });
        var oldStyle = world.Write("yaml", $"scalardb:\n  storageConfiguration:\n    contactPoints: jdbc:mysql://{ValuesWorld.Old}:3306/app\n    storage: jdbc\n");
        await RefusedAsync("ReleaseDiffers", request with { Names = ["one"], Paths = [oldStyle] });
        Assert.Equal(text, await File.ReadAllTextAsync(one));

        // Declined is declined.
        _host.Process = false;
        var declined = await world.UpdateAsync(_host, request with { Names = ["one"], Paths = [one] });
        Assert.True(declined.Run!.NotExecuted);
        Assert.Equal(text, await File.ReadAllTextAsync(one));
        _host.Process = true;

        // One after the other.
        var first = await world.UpdateAsync(_host, request with { Names = ["one"], Paths = [one] });
        Assert.Equal(RestorePhase.Stopped, (await RefusedAsync("WrongPhase", new StartRequest { Run = first.Run! })).Phase);
        var second = await world.UpdateAsync(_host, request with { Run = first.Run!, Names = ["two"], Paths = [two] });
        Assert.Equal(RestorePhase.ValuesUpdated, second.Run!.Phase);
        Assert.Equal(2, second.Run.Values.Count);
        Assert.Equal(RestorePhase.Started, (await world.StartAsync(_host, second.Run)).Phase);
        foreach (var release in new[] { "one", "two" })
            Assert.Contains(ValuesWorld.New, await world.PropertiesAsync(ns, $"{release}-scalardb-database-properties"), StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task What_a_file_says_otherwise_is_told_and_not_applied()
    {
        var ns = await world.Workloads.NewNamespaceAsync();
        var values = world.Values("ledger", "ledgerProperties");
        await world.Workloads.InstallAsync(ns, "ledger", "scalardl", "-f", values);
        await File.AppendAllTextAsync(values, "  image:\n    tag: 9.9.9\n");
        var run = await world.StopAsync(_host, ns, WorkloadEngine.Helm, world.NewJournal(), "ledger");
        var update = await world.UpdateAsync(_host, new UpdateValuesRequest { Run = run, Endpoints = [ValuesWorld.Change], Paths = [values] });

        Assert.Contains(_host.Warnings, warning => warning.Contains("ledger.image.tag", StringComparison.Ordinal));
        await world.StartAsync(_host, update.Run!);
        using var client = world.Workloads.Client();
        var deployment = await client.GetAsync(KubeResource.Deployments, ns, "ledger-scalardl-ledger", CancellationToken.None);
        Assert.DoesNotContain("9.9.9", (string)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!, StringComparison.Ordinal);
    }

    [ToolFact("helm")]
    public async Task A_look_changes_nothing()
    {
        var ns = await world.Workloads.NewNamespaceAsync();
        await world.SecretAsync(ns, "db", ("DB_HOST", ValuesWorld.Old));
        var values = world.Values("ledger", "ledgerProperties", "jdbc:mysql://${env:DB_HOST}:3306/", "  secretName: db");
        await world.Workloads.InstallAsync(ns, "ledger", "scalardl", "-f", values);
        var text = await File.ReadAllTextAsync(values);
        var run = await world.StopAsync(_host, ns, WorkloadEngine.Record, world.NewJournal(), "ledger");
        var calls = await world.Workloads.Sandbox.Control.CallsAsync();

        var look = await world.UpdateAsync(_host, new UpdateValuesRequest { Run = run, Endpoints = [ValuesWorld.Change], Paths = [values], UpdateSecret = true, WhatIf = true });

        Assert.True(look.Run!.NotExecuted);
        Assert.Contains(look.Changes, change => change is { Target: ValuesTarget.Secret, State: ValuesChangeState.Planned });
        Assert.Contains(_host.Processed, line => line.Contains($"{ns}/db", StringComparison.Ordinal));
        Assert.Equal(text, await File.ReadAllTextAsync(values));
        Assert.Equal(ValuesWorld.Old, await world.SecretValueAsync(ns, "db", "DB_HOST"));
        Assert.DoesNotContain((await world.Workloads.Sandbox.Control.CallsAsync()).Skip(calls.Count), call => call.IsWrite);
    }

    private async Task RefusedAsync(string id, UpdateValuesRequest request) =>
        Assert.Equal(id, (await Assert.ThrowsAsync<RestoreException>(() => world.UpdateAsync(_host, request))).Id);

    private async Task<RestoreRun> RefusedAsync(string id, StartRequest request)
    {
        Assert.Equal(id, (await Assert.ThrowsAsync<RestoreException>(() => world.Engine.StartWorkloadsAsync(request, _host, CancellationToken.None))).Id);
        return request.Run;
    }

    private static string Moved(string text) => text.Replace($"//{ValuesWorld.Old}:", $"//{ValuesWorld.New}:", StringComparison.Ordinal);

    private static SecureString Secure(string text)
    {
        var secret = new SecureString();
        foreach (var c in text)
            secret.AppendChar(c);

        return secret;
    }
}
