using ScalarRestore.Integration.Tests.Procedures;
using ScalarRestore.Integration.Tests.Values;
using ScalarRestore.Integration.Tests.Workloads;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>The restored account's key goes where the old one was, and is shown nowhere.</summary>
public sealed class KeyTests(RunWorld world) : IClassFixture<RunWorld>
{
    private const string Placeholder = "{{ default .Env." + RunWorld.Variable + " \"\" }}";
    private const string Fed = "  secretName: db";

    private readonly RecordingHost _host = new() { CanAsk = false };

    [ToolFact("helm")]
    public async Task A_Secret_behind_a_placeholder_gets_the_key_and_the_pods_the_new_account()
    {
        var old = await world.MakeAsync("secretly");
        var (run, values, ns) = await world.RestoredAsync(_host, "secretly", Placeholder, Fed);
        var restored = $"secretly-{run.RunId}";
        var key = await world.KeyAsync(restored);
        Assert.NotEqual(old, key);

        // A dry run asks for no key, and changes nothing.
        await world.Azure.Process.Control.ClearCallsAsync();
        var request = new UpdateValuesRequest { Run = run, Paths = [values], UpdateSecret = true };
        var look = await world.UpdateAsync(_host, request with { WhatIf = true });
        Assert.Equal((0, old), (await world.KeyCallsAsync(), await world.Values.SecretValueAsync(ns, "db", RunWorld.Variable)));

        var update = await world.UpdateAsync(_host, request);
        Assert.Equal((1, key), (await world.KeyCallsAsync(), await world.Values.SecretValueAsync(ns, "db", RunWorld.Variable)));
        Assert.Equal("stays", await world.Values.SecretValueAsync(ns, "db", "OTHER"));
        var text = await File.ReadAllTextAsync(values);
        Assert.Contains($"scalar.db.contact_points={RunWorld.Endpoint(restored)}", text, StringComparison.Ordinal);
        Assert.Contains($"scalar.db.password={Placeholder}", text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);

        var end = await world.StartAsync(_host, update.Run!);
        Assert.Equal(RestorePhase.Started, end.Phase);
        Assert.Contains(end.Steps, step => step.Key == $"values:{ns}/db" && step.State == StepState.Done);
        Assert.Contains(RunWorld.Endpoint(restored), await world.Values.PropertiesAsync(ns, "db-scalardb-database-properties"), StringComparison.Ordinal);
        Assert.Empty(_host.Questions);
        await world.NothingShowsSecretsAsync(end, [_host], look.Changes, update.Changes, update.Run!.Plan!.Steps);
    }

    [ToolTheory("helm")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_literal_is_replaced_where_it_stood(bool fromRelease)
    {
        var account = fromRelease ? "released" : "literal";
        var old = await world.MakeAsync(account);
        var (run, values, ns) = await world.RestoredAsync(_host, account, old);
        var before = await File.ReadAllTextAsync(values);
        var loader = world.Values.Write("properties", $"""
            # Schema Loader
            scalar.db.storage=cosmos
            scalar.db.contact_points={RunWorld.Endpoint(account)}
            scalar.db.password={old}
            """);
        var key = await world.KeyAsync($"{account}-{run.RunId}");
        var update = await world.UpdateAsync(_host, new UpdateValuesRequest { Run = run, Paths = fromRelease ? [] : [values, loader], FromRelease = fromRelease });
        string Moved(string text) => text.Replace(old, key, StringComparison.Ordinal).Replace($"points={RunWorld.Endpoint(account)}", $"points={RunWorld.Endpoint($"{account}-{run.RunId}")}", StringComparison.Ordinal);
        Assert.Equal(fromRelease ? before : Moved(before), await File.ReadAllTextAsync(values));
        if (!fromRelease)
        {
            var moved = await File.ReadAllTextAsync(loader);
            Assert.Contains($"scalar.db.password={key}", moved, StringComparison.Ordinal);
            Assert.DoesNotContain(old, moved, StringComparison.Ordinal);
        }

        Assert.All(update.Changes, change => Assert.Contains("***", change.Diff, StringComparison.Ordinal));
        var end = await world.StartAsync(_host, update.Run!);
        Assert.Equal(RestorePhase.Started, end.Phase);
        var properties = await world.Values.PropertiesAsync(ns, "db-scalardb-database-properties");
        Assert.Contains($"scalar.db.password={key}", properties, StringComparison.Ordinal);
        Assert.DoesNotContain(old, properties, StringComparison.Ordinal);
        Assert.Empty(_host.Questions);
        await world.NothingShowsSecretsAsync(end, [_host], update.Changes, update.Run!.Plan!.Steps);
    }

    [ToolFact("helm")]
    public async Task An_update_that_died_at_any_record_goes_on_without_being_given_the_key()
    {
        await world.MakeAsync("killed");
        var (run, values, ns) = await world.RestoredAsync(_host, "killed", Placeholder, Fed);
        var key = await world.KeyAsync($"killed-{run.RunId}");
        var request = new UpdateValuesRequest { Run = run, Paths = [values], UpdateSecret = true };
        var hosts = new List<RecordingHost> { _host };
        for (var record = 1; ; record++)
        {
            var dying = new RecordingHost { CanAsk = false, DiesAt = record };
            hosts.Add(dying);
            try
            {
                run = run.Phase == RestorePhase.Restored
                    ? (await world.UpdateAsync(dying, request with { Run = run })).Run!
                    : await world.Engine().ResumeAsync(new ResumeRequest { RunId = run.RunId, JournalPath = Path.GetDirectoryName(run.JournalPath) }, dying, CancellationToken.None);
                break;
            }
            catch (Exception e) when (dying.Records >= dying.DiesAt && e is CrashException or RestoreException)
            {
                run = Assert.Single(await world.Engine().GetRunsAsync(new RunQuery { JournalPath = Path.GetDirectoryName(run.JournalPath) }, _host, CancellationToken.None));
            }
        }

        Assert.True(hosts.Count > 4, $"It died only {hosts.Count - 2} times.");
        Assert.Equal((RestorePhase.ValuesUpdated, key), (run.Phase, await world.Values.SecretValueAsync(ns, "db", RunWorld.Variable)));
        Assert.Contains(RunWorld.Endpoint($"killed-{run.RunId}"), await File.ReadAllTextAsync(values), StringComparison.Ordinal);
        Assert.All(hosts, host => Assert.Empty(host.Questions));
        await world.NothingShowsSecretsAsync(run, hosts);
    }

    [ToolFact("helm")]
    public async Task Whoever_may_not_read_keys_is_told_the_role_and_may_give_the_key()
    {
        var old = await world.MakeAsync("forbidden");
        var (run, values, _) = await world.RestoredAsync(_host, "forbidden", old);
        var before = await File.ReadAllTextAsync(values);
        var key = await world.KeyAsync($"forbidden-{run.RunId}");
        var request = new UpdateValuesRequest { Run = run, Paths = [values] };
        await world.Azure.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", """["*/listKeys/action"]""");
        try
        {
            var fault = await Assert.ThrowsAsync<RestoreException>(() => world.UpdateAsync(_host, request));
            Assert.Equal(("AzureAccessDenied", FaultCategory.PermissionDenied), (fault.Id, fault.Category));
            Assert.Contains("DocumentDB Account Contributor", fault.Mend, StringComparison.Ordinal);
            Assert.Contains("-AccountKey", fault.Mend, StringComparison.Ordinal);
            Assert.Equal(before, await File.ReadAllTextAsync(values));

            // Where somebody is there, he is told and asked; where he has nothing to say, nothing happens.
            var asked = new RecordingHost();
            Assert.Equal("AccountKeyNeeded", (await Assert.ThrowsAsync<RestoreException>(() => world.UpdateAsync(asked, request))).Id);
            Assert.Contains("DocumentDB Account Contributor", Assert.Single(asked.Warnings, line => line.Contains("key", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Equal([$"Key of the account forbidden-{run.RunId}.documents.azure.com"], asked.Questions);
            Assert.Equal(before, await File.ReadAllTextAsync(values));

            await world.Azure.Process.Control.ClearCallsAsync();
            var update = await world.UpdateAsync(_host, request with { AccountKey = RunWorld.Secure(key) });
            Assert.Equal(RestorePhase.ValuesUpdated, update.Run!.Phase);
            Assert.Equal(0, await world.KeyCallsAsync());
            Assert.Contains(key, await File.ReadAllTextAsync(values), StringComparison.Ordinal);
            await world.NothingShowsSecretsAsync(update.Run, [_host, asked], update.Changes);
        }
        finally
        {
            await world.Azure.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", "[]");
        }
    }

    [ToolFact("helm")]
    public async Task Files_by_themselves_find_the_key_by_the_endpoint_when_told_how_to_sign_in()
    {
        var (old, key) = (await world.MakeAsync("former"), await world.MakeAsync("latter"));
        var values = world.Values.Values("scalardb", "databaseProperties", RunWorld.Endpoint("former"), storage: "cosmos", password: old);
        var request = new UpdateValuesRequest { Paths = [values], Endpoints = [new EndpointChange { Old = RunWorld.Endpoint("former"), New = RunWorld.Endpoint("latter") }] };
        await world.Azure.Process.Control.ClearCallsAsync();
        Assert.Equal("AccountKeyNeeded", (await Assert.ThrowsAsync<RestoreException>(() => world.UpdateAsync(_host, request))).Id);
        Assert.Empty(await world.Azure.Process.Control.CallsAsync());

        var update = await world.UpdateAsync(_host, request with { Azure = new AzureConnection { Credential = AzureCredentialKind.ManagedIdentity } });
        Assert.Equal(ValuesChangeState.Changed, Assert.Single(update.Changes).State);
        Assert.Contains($"scalar.db.password={key}", await File.ReadAllTextAsync(values), StringComparison.Ordinal);
        Assert.DoesNotContain(key, update.Changes[0].Diff, StringComparison.Ordinal);
        Assert.DoesNotContain(old, update.Changes[0].Diff, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Lines.Concat(_host.Warnings).Concat(_host.Processed), line => line.Contains(key, StringComparison.Ordinal));
    }
}
