using ScalarRestore.Integration.Tests.Procedures;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>A run that signs in with a token of the operator's.</summary>
public sealed class SignInTests(RunWorld world) : IClassFixture<RunWorld>
{
    private readonly RecordingHost _host = new() { CanAsk = false };

    [ToolFact("helm")]
    public async Task A_token_that_ends_during_a_wait_stops_the_run_which_goes_on_with_a_new_one()
    {
        var old = await world.MakeAsync("expiring");
        var (stopped, values, point) = await StoppedAsync("expiring", old);
        await world.Azure.Process.Control.ClearCallsAsync();

        // The restore takes 15 real seconds, the token is good for six.
        await world.Azure.Process.Control.PatchSettingsAsync("""{"azure":{"tokenLifetimeSeconds":600,"cosmos":{"restoreAccountSeconds":1500}}}""");
        var engine = world.EngineThatSignsIn();
        var signIn = new AzureConnection { AccessToken = await world.TokenAsync(), TenantId = Tenant };
        var fault = await Assert.ThrowsAsync<RestoreException>(() => engine.RestoreDatabasesAsync(
            new RestoreRequest { Run = stopped, RestoreTime = point, Selection = new DatabaseSelection { Azure = signIn } }, _host, CancellationToken.None));
        Assert.Equal("AzureTokenExpired", fault.Id);
        Assert.Equal(FaultCategory.AuthenticationError, fault.Category);
        Assert.Contains("-AccessToken", fault.Mend, StringComparison.Ordinal);
        Assert.Single(_host.Warnings, line => line.StartsWith("The access token ends at", StringComparison.Ordinal));

        var run = Assert.Single(await engine.GetRunsAsync(new RunQuery { JournalPath = Path.GetDirectoryName(stopped.JournalPath) }, _host, CancellationToken.None));
        Assert.Equal((RestorePhase.Restoring, RestoreOutcome.Failed), (run.Phase, run.Outcome));
        Assert.Contains("expired", run.Error, StringComparison.Ordinal);
        Assert.Contains("Resume-ScalarRestore", run.NextCommand, StringComparison.Ordinal);

        await world.Azure.Process.Control.PatchSettingsAsync("""{"azure":{"tokenLifetimeSeconds":86400,"cosmos":{"restoreAccountSeconds":1}}}""");
        var renewed = new AzureConnection { AccessToken = await world.TokenAsync() };
        run = await engine.ResumeAsync(new ResumeRequest { RunId = run.RunId, JournalPath = Path.GetDirectoryName(run.JournalPath), Azure = renewed }, _host, CancellationToken.None);
        Assert.Equal(RestorePhase.Restored, run.Phase);
        Assert.Single(await world.Azure.Process.Control.CallsAsync(), call => call.Operation == "RestoreAccount");

        // The run remembers the tenant and not the token: whoever goes on gives one again.
        Assert.Equal(new AzureConnection { TenantId = Tenant }, Assert.Single(run.Databases).Azure);
        var key = await world.KeyAsync($"expiring-{run.RunId}");
        var update = await world.UpdateAsync(_host, new UpdateValuesRequest { Run = run, Paths = [values], Azure = renewed }, engine);
        Assert.Contains(key, await File.ReadAllTextAsync(values), StringComparison.Ordinal);
        await world.NothingShowsSecretsAsync(update.Run!, [_host], update.Changes, [fault.ToString(), fault.Mend!]);
    }

    [ToolFact("helm")]
    public async Task A_token_of_another_tenant_is_refused_before_anything_is_made()
    {
        var old = await world.MakeAsync("foreign");
        var (stopped, _, point) = await StoppedAsync("foreign", old);
        var engine = world.EngineThatSignsIn();
        await world.Azure.Process.Control.ClearCallsAsync();
        var request = new RestoreRequest { Run = stopped, RestoreTime = point };
        Task<RestoreException> RefusedAsync(AzureConnection azure) => Assert.ThrowsAsync<RestoreException>(
            () => engine.RestoreDatabasesAsync(request with { Selection = new DatabaseSelection { Azure = azure } }, _host, CancellationToken.None));

        // One that says so itself is not even sent.
        var told = await RefusedAsync(new AzureConnection { AccessToken = await world.TokenAsync(), TenantId = "11111111-2222-4333-8444-555555555555" });
        Assert.Equal(("AzureTenantWrong", FaultCategory.AuthenticationError), (told.Id, told.Category));
        Assert.Contains("11111111-2222-4333-8444-555555555555", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await world.Azure.Process.Control.CallsAsync(), call => call.Service is "arm" or "cosmos");

        // Of another, Azure says it.
        await world.Azure.Process.Control.SetFaultsAsync("""{"service":"arm","operation":"*","effect":"error","status":401,"code":"InvalidAuthenticationTokenTenant"}""");
        try
        {
            var refused = await RefusedAsync(new AzureConnection { AccessToken = await world.TokenAsync() });
            Assert.Equal(("AzureTenantWrong", FaultCategory.AuthenticationError), (refused.Id, refused.Category));
            Assert.Contains("-TenantId", refused.Mend, StringComparison.Ordinal);
            await world.NothingShowsSecretsAsync(stopped, [_host], [refused.ToString(), told.ToString()]);
        }
        finally
        {
            await world.Azure.Process.Control.ClearFaultsAsync();
        }

        Assert.DoesNotContain(await world.Azure.Process.Control.CallsAsync(), call => call.IsWrite && call.Service == "cosmos");
    }

    private const string Tenant = "99999999-8888-4777-8666-555555555555";

    private async Task<(RestoreRun Run, string Values, DateTimeOffset Point)> StoppedAsync(string account, string password)
    {
        var ns = await world.Values.Workloads.NewNamespaceAsync();
        var values = world.Values.Values("scalardb", "databaseProperties", RunWorld.Endpoint(account), storage: "cosmos", password: password);
        await world.Values.Workloads.InstallAsync(ns, "db", "scalardb", "-f", values);
        var point = await world.Azure.PointAsync();
        return (await world.Values.StopAsync(_host, ns, WorkloadEngine.Record, world.Values.NewJournal(), "db"), values, point);
    }
}
