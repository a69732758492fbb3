namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>What cannot be restored is told clearly, and nothing is made.</summary>
public sealed class RefusalTests(FlexibleSandbox sandbox) : IClassFixture<FlexibleSandbox>
{
    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task A_time_outside_of_the_window_is_refused_at_both_ends(string engine)
    {
        await sandbox.MakeAsync(engine, $"window-{engine}");
        var early = await RefusedAsync(engine, $"window-{engine}", sandbox.Clock.GetUtcNow().AddDays(-40));
        Assert.Equal(["RestoreTimeOutOfWindow"], early.Faults.Select(one => one.Id));
        Assert.Contains("at the earliest", early.Message, StringComparison.Ordinal);
        Assert.Equal(["RestoreTimeInFuture"], (await RefusedAsync(engine, $"window-{engine}", sandbox.Clock.GetUtcNow().AddHours(1))).Faults.Select(one => one.Id));
    }

    [Theory]
    [InlineData("Stopped", "az mysql flexible-server start")]
    [InlineData("Disabled", "activity log")]
    public async Task A_server_that_is_not_ready_is_refused_with_what_to_do(string state, string mend)
    {
        await sandbox.MakeAsync("mysql", state.ToLowerInvariant(), $"\"state\":\"{state}\"");
        var fault = Assert.Single((await RefusedAsync("mysql", state.ToLowerInvariant(), sandbox.Clock.GetUtcNow().AddHours(-1))).Faults);
        Assert.Equal("DatabaseNotReady", fault.Id);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_a_backup_and_a_replica_are_refused()
    {
        await sandbox.MakeAsync("postgresql", "young", "\"hasBackup\":false");
        Assert.Equal(["BackupsOff"], (await RefusedAsync("postgresql", "young", sandbox.Clock.GetUtcNow().AddMinutes(-1))).Faults.Select(one => one.Id));
        await sandbox.MakeAsync("postgresql", "copied");
        await sandbox.MakeAsync("postgresql", "copy", "\"replicaOf\":\"copied\"");
        Assert.Equal(["DatabaseNotSupported"], (await RefusedAsync("postgresql", "copy", sandbox.Clock.GetUtcNow().AddHours(-1))).Faults.Select(one => one.Id));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task A_name_that_is_taken_is_left_to_its_owner(string engine)
    {
        await sandbox.MakeAsync(engine, $"taken-{engine}");
        await sandbox.MakeAsync(engine, $"taken-{engine}-{FlexibleSandbox.Run}");
        Assert.Equal(["TargetNameTaken"], (await RefusedAsync(engine, $"taken-{engine}", sandbox.Clock.GetUtcNow().AddHours(-1))).Faults.Select(one => one.Id));

        // In another group it cannot be seen, and the name is not free all the same.
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/groups/other", """{"location":"japaneast"}""");
        await sandbox.MakeAsync(engine, $"far-{engine}");
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, $"azure/{engine}/servers/far-{engine}-{FlexibleSandbox.Run}", """{"group":"other","location":"japaneast"}""");
        Assert.Equal(["TargetNameTaken"], (await RefusedAsync(engine, $"far-{engine}", sandbox.Clock.GetUtcNow().AddHours(-1))).Faults.Select(one => one.Id));
    }

    [Theory]
    [InlineData("/resourceGroups/rg")]
    [InlineData("")]
    public async Task A_lock_that_lets_nobody_write_is_told_before(string scope)
    {
        var name = scope.Length == 0 ? "locked-all" : "locked-group";
        await sandbox.MakeAsync("mysql", name);
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/locks", $$"""[{"name":"freeze","scope":"{{scope}}","level":"ReadOnly"}]""");
        var fault = await RefusedAsync("mysql", name, sandbox.Clock.GetUtcNow().AddHours(-1));
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/locks", "[]");
        Assert.Equal(["AzureScopeLocked"], fault.Faults.Select(one => one.Id));
        Assert.Contains("'freeze'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql", "*/checkNameAvailability/action", "checkNameAvailability")]
    [InlineData("postgresql", "*/configurations/read", "Reader")]
    public async Task A_missing_permission_is_named_with_its_role(string engine, string denied, string role)
    {
        await sandbox.MakeAsync(engine, $"denied-{engine}");
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", $"[\"{denied}\"]");
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(engine).CaptureAsync(sandbox.Query(engine, $"denied-{engine}"), FlexibleSandbox.Intent(sandbox.Clock.GetUtcNow().AddHours(-1)), CancellationToken.None));
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", "[]");
        Assert.Equal("AzureAccessDenied", fault.Id);
        Assert.Contains(role, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_make_a_server_is_told_and_none_is_made()
    {
        await sandbox.MakeAsync("postgresql", "forbidden");
        var provider = sandbox.Provider("postgresql");
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("postgresql", "forbidden"), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", """["*/flexibleServers/write"]""");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider));
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", "[]");
        Assert.Equal("AzureAccessDenied", fault.Id);
        Assert.Contains("Microsoft.DBforPostgreSQL/flexibleServers/write", fault.Mend, StringComparison.Ordinal);
        Assert.Null(await sandbox.Raw.FindAsync(sandbox.Id("postgresql", $"forbidden-{FlexibleSandbox.Run}"), CancellationToken.None));
    }

    [Fact]
    public async Task A_source_that_was_made_again_is_not_the_one_that_was_planned_for()
    {
        await sandbox.MakeAsync("mysql", "again");
        var provider = sandbox.Provider("mysql");
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("mysql", "again"), FlexibleSandbox.Intent(await sandbox.PointAsync()), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        var gone = await sandbox.Raw.DeleteAsync(sandbox.Id("mysql", "again"), CancellationToken.None);
        while (!(await gone.LookAsync(CancellationToken.None)).Done)
            await Task.Delay(TimeSpan.FromSeconds(0.5), sandbox.Clock);

        Assert.Equal("DatabaseIdentityChanged", (await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider))).Id);
        await sandbox.MakeAsync("mysql", "again");
        Assert.Equal("DatabaseIdentityChanged", (await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider))).Id);
    }

    [Theory]
    [InlineData("mysql", "mysql.database.azure.com", "Microsoft.DBforMySQL")]
    [InlineData("postgresql", "postgres.database.azure.com", "Microsoft.DBforPostgreSQL")]
    public async Task A_retired_single_server_is_recognised_by_host_and_by_id(string engine, string suffix, string provider)
    {
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, $"azure/{engine}/single-servers/old-{engine}", """{"group":"rg","location":"japaneast"}""");
        var byHost = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(engine).CaptureAsync(FlexibleSandbox.Query($"jdbc:{engine}://old-{engine}.{suffix}/app"), FlexibleSandbox.Intent(sandbox.Clock.GetUtcNow()), CancellationToken.None));
        Assert.Equal("DatabaseRetired", byHost.Id);
        Assert.Contains("default/app", byHost.Message, StringComparison.Ordinal);
        Assert.Contains("flexible server", byHost.Mend, StringComparison.Ordinal);
        var byId = new DatabaseQuery
        {
            Selection = new DatabaseSelection { Identifiers = [$"/subscriptions/{sandbox.Process.AzureSubscriptionId}/resourceGroups/rg/providers/{provider}/servers/old-{engine}"] },
        };
        Assert.Equal("DatabaseRetired", (await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider(engine).FindAsync(byId, CancellationToken.None))).Id);
    }

    private async Task<RestoreException> RefusedAsync(string engine, string name, DateTimeOffset time)
    {
        sandbox.Sent.All.Clear();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider(engine).CaptureAsync(sandbox.Query(engine, name), FlexibleSandbox.Intent(time), CancellationToken.None));
        Assert.DoesNotContain(sandbox.Sent.All, sent => !sent.Path.EndsWith("/checkNameAvailability", StringComparison.Ordinal));
        return fault;
    }
}
