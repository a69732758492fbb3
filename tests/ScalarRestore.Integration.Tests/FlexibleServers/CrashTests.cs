using Azure.Core;
using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>Whatever happens on the way, one server is made, it is as the source was, and nobody's secrets are written down.</summary>
public sealed class CrashTests(FlexibleSandbox sandbox) : IClassFixture<FlexibleSandbox>
{
    [Theory]
    [InlineData("mysql", false)]
    [InlineData("mysql", true)]
    [InlineData("postgresql", false)]
    [InlineData("postgresql", true)]
    public async Task A_restore_killed_at_any_call_makes_everything_once(string engine, bool afterAnswer)
    {
        var name = $"{(afterAnswer ? "after" : "before")}-{engine}";
        await sandbox.MakeRichAsync(engine, name);
        var capture = await sandbox.Provider(engine).CaptureAsync(sandbox.Query(engine, name), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None);
        var run = new PlanRun(capture, FlexibleSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.ClearCallsAsync();
        foreach (var step in run.Steps)
            await run.KillAtEveryCallAsync(step, afterAnswer, observer => sandbox.Provider(engine, sandbox.Factory(observer)));

        var calls = (await sandbox.Process.Control.CallsAsync()).Where(call => call.Status is >= 200 and < 300).ToList();
        Assert.Single(calls, call => call.Operation == "RestoreServer");
        Assert.DoesNotContain(calls, call => call.Operation.StartsWith("Delete", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.IsWrite && call.Resource == name);
        var database = Assert.Single(sandbox.Provider(engine).Describe(run.Plan, run.EvidenceOrNull));
        Assert.True(database.Verified);
        Assert.Single(database.Drift);
        Assert.DoesNotContain("sig-canary", string.Concat(run.Steps.Select(step => run.Evidence(step.Key).ToJsonString() + step.Input.ToJsonString())) + string.Concat(run.Operations), StringComparison.Ordinal);
        Assert.NotEmpty(run.Operations);
    }

    [Theory]
    [InlineData("mysql", "loseAnswer")]
    [InlineData("mysql", "drop")]
    [InlineData("postgresql", "loseAnswer")]
    [InlineData("postgresql", "drop")]
    public async Task Each_change_survives_a_lost_answer(string engine, string effect)
    {
        var name = $"{effect.ToLowerInvariant()}-{engine}";
        await sandbox.MakeRichAsync(engine, name);
        var provider = sandbox.Provider(engine);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query(engine, name), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.SetFaultsAsync([
            .. ((string[])["RestoreServer", "UpdateServer", "UpdateConfiguration", "UpdateConfigurations", "RestartServer", "PutFirewallRule", "PutAdministrator"])
                .Select(operation => $$"""{"service":"{{engine}}","operation":"{{operation}}","effect":"{{effect}}","times":1}"""),
        ]);
        await sandbox.Process.Control.ClearCallsAsync();
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.True(database.Verified);
        Assert.Single(database.Drift);
        var servers = await sandbox.Raw.ListAsync($"/subscriptions/{sandbox.Process.AzureSubscriptionId}/providers/{Engine.Databases.FlexibleServers.FlexibleEngine.ByWord(engine).ServerType}", CancellationToken.None);
        Assert.Single(servers, server => ((string)server["name"]!).StartsWith($"{name}-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task Throttling_outages_and_operations_that_nobody_remembers_are_waited_for(string engine)
    {
        await sandbox.MakeRichAsync(engine, $"busy-{engine}");
        var provider = sandbox.Provider(engine);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query(engine, $"busy-{engine}"), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.SetFaultsAsync(
            $$"""{"service":"{{engine}}","operation":"*","effect":"throttle","probability":0.1,"times":0}""",
            $$"""{"service":"{{engine}}","operation":"*","effect":"error","status":503,"probability":0.1,"times":0}""",
            $$"""{"service":"{{engine}}","operation":"*","effect":"loseAnswer","probability":0.1,"times":0}""",
            """{"service":"*","operation":"OperationStatus","effect":"error","status":404,"code":"NotFound","probability":0.3,"times":0}""");
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.True(database.Verified);
        Assert.Single(database.Drift);
        Assert.Single(await sandbox.Process.Control.CallsAsync(), call => call.Operation == "RestoreServer" && call.Resource == $"busy-{engine}-{FlexibleSandbox.Run}" && call.Status is 202 or 0);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task A_restore_that_fails_is_told_and_the_next_run_makes_it_anew(string engine)
    {
        await sandbox.MakeAsync(engine, $"failing-{engine}");
        var provider = sandbox.Provider(engine);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query(engine, $"failing-{engine}"), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.PatchSettingsAsync($$$"""{"azure":{"{{{engine}}}":{"failRestores":{"failing-*":"InternalServerError"} } } }""");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider));
        Assert.Equal((ArmFaults.OperationFailed, "InternalServerError"), (fault.Id, fault.ServiceCode));
        Assert.DoesNotContain("sig-canary", fault.ToString(), StringComparison.Ordinal);
        await sandbox.Process.Control.PatchSettingsAsync($$$"""{"azure":{"{{{engine}}}":{"failRestores":{"failing-*":null} } } }""");
        await run.RunAsync(provider);
        Assert.True(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Verified);
    }

    [Fact]
    public async Task A_token_that_ends_in_the_middle_of_a_wait_stops_the_step_and_a_new_one_goes_on_with_it()
    {
        await sandbox.MakeAsync("mysql", "ends");
        await sandbox.Process.Control.PatchSettingsAsync("""{"azure":{"tokenLifetimeSeconds":60,"mysql":{"restoreSeconds":300}}}""");
        try
        {
            // Nobody renews it, as nobody renews what is given with -AccessToken.
            var token = await sandbox.Settings.Credential!.GetTokenAsync(new TokenRequestContext([sandbox.Settings.Cloud!.Scope]), CancellationToken.None);
            var held = DelegatedTokenCredential.Create((_, _) => new AccessToken(token.Token, DateTimeOffset.MaxValue));
            var renewedByNobody = sandbox.Provider("mysql", new ArmClientFactory(sandbox.Settings with { Credential = held }, sandbox.Clock, _ => { }));
            var run = new PlanRun(await renewedByNobody.CaptureAsync(sandbox.Query("mysql", "ends"), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
            var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(renewedByNobody));
            Assert.Equal("AzureTokenExpired", fault.Id);
            Assert.Contains("-AccessToken", fault.Mend, StringComparison.Ordinal);
            Assert.DoesNotContain(token.Token, fault.ToString(), StringComparison.Ordinal);

            var next = sandbox.Provider("mysql");
            await run.RunAsync(next);
            Assert.True(Assert.Single(next.Describe(run.Plan, run.EvidenceOrNull)).Verified);
            Assert.Single(await sandbox.Process.Control.CallsAsync(), call => call.Operation == "RestoreServer" && call.Resource == $"ends-{FlexibleSandbox.Run}" && call.Status == 202);
        }
        finally
        {
            await sandbox.Process.Control.PatchSettingsAsync("""{"azure":{"tokenLifetimeSeconds":86400,"mysql":{"restoreSeconds":1}}}""");
        }
    }

    [Fact]
    public async Task A_setting_that_the_service_refuses_is_told_and_the_others_are_set()
    {
        await sandbox.Process.Control.PatchSettingsAsync("""{"azure":{"mysql":{"firewallCopied":false,"parametersApplied":false}}}""");
        await sandbox.MakeRichAsync("mysql", "picky");
        var provider = sandbox.Provider("mysql");
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("mysql", "picky"), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.SetFaultsAsync("""{"service":"mysql","operation":"UpdateConfigurations","effect":"error","status":400,"code":"InvalidParameterValue","times":9}""", """{"service":"mysql","operation":"PutFirewallRule","effect":"error","status":400,"code":"InvalidParameterValue","times":9}""");
        try
        {
            await run.RunAsync(provider);
        }
        finally
        {
            await sandbox.Process.Control.ClearFaultsAsync();
        }

        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal(2, database.Drift.Count(line => line.StartsWith("firewall rule", StringComparison.Ordinal)));
        Assert.Equal(3, database.Drift.Count);
        Assert.Contains(run.Warnings, line => line.Contains("Azure did not take back firewall rule office", StringComparison.Ordinal));
        Assert.Equal("ON", (string?)(await sandbox.ListAsync("mysql", $"picky-{FlexibleSandbox.Run}", "configurations")).Single(one => (string?)one["name"] == "performance_schema")["properties"]!["value"]);
    }
}
