namespace ScalarRestore.Integration.Tests.Rds;

/// <summary>What cannot be restored is told clearly, and nothing is made.</summary>
public sealed class RefusalTests(RdsSandbox sandbox) : IClassFixture<RdsSandbox>
{
    private const string Run = "20260101-000000-ab12";

    [Fact]
    public async Task Without_backups_there_is_no_way_back()
    {
        await PlainAsync("nobackup", "BackupRetentionPeriod=0");
        var fault = await RefusedAsync("nobackup", DateTimeOffset.UtcNow.AddYears(-1));
        Assert.Equal("BackupsOff", fault.Faults[0].Id);
        Assert.Contains("retention is 0 days", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_before_the_window_is_refused_with_the_window()
    {
        await PlainAsync("early");
        await sandbox.PointAsync(() => sandbox.InstanceAsync("early"));
        var fault = await RefusedAsync("early", sandbox.Clock.GetUtcNow().AddDays(-3));
        Assert.Equal("RestoreTimeOutOfWindow", fault.Faults[0].Id);
        Assert.Contains("at the earliest", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_left_to_its_owner()
    {
        await PlainAsync("taken");
        await PlainAsync($"taken-{Run}");
        var fault = await RefusedAsync("taken", await sandbox.PointAsync(() => sandbox.InstanceAsync("taken")));
        Assert.Equal("TargetNameTaken", fault.Faults[0].Id);
    }

    [Fact]
    public async Task The_name_to_put_the_source_aside_may_be_taken_too()
    {
        await PlainAsync("asided");
        await PlainAsync($"asided-before-{Run}");
        var time = await sandbox.PointAsync(() => sandbox.InstanceAsync("asided"));
        using var factory = sandbox.Factory();
        var capture = await sandbox.Provider(factory).CaptureAsync(sandbox.Query("asided"), RdsSandbox.Intent(time), CancellationToken.None);
        Assert.NotEmpty(capture.CopySteps);
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(factory).CaptureAsync(sandbox.Query("asided"), RdsSandbox.Intent(time) with { KeepIdentifier = true }, CancellationToken.None));
        Assert.Equal("TargetNameTaken", fault.Faults[0].Id);
        Assert.Contains($"asided-before-{Run}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_for_an_instance_of_a_cluster_may_be_taken_too()
    {
        await sandbox.MakeClusterAsync("full");
        await PlainAsync($"full-r2-{Run}");
        var fault = await RefusedAsync("full", await sandbox.PointAsync(() => sandbox.ClusterAsync("full")));
        Assert.Equal(["TargetNameTaken"], fault.Faults.Select(one => one.Id));
        Assert.Contains($"full-r2-{Run}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_that_there_is_no_room_for_are_told()
    {
        var tags = string.Join('&', Enumerable.Range(1, 49).Select(number => $"Tags.Tag.{number}.Key=k{number:00}&Tags.Tag.{number}.Value=v"));
        await PlainAsync("tagged", $"BackupRetentionPeriod=7&{tags}");
        var time = await sandbox.PointAsync(() => sandbox.InstanceAsync("tagged"));
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query("tagged"), RdsSandbox.Intent(time), CancellationToken.None), Run, sandbox.Clock);
        await run.RunAsync(provider);
        Assert.Contains(Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Drift, line => line.Contains("k48, k49", StringComparison.Ordinal));
        Assert.Equal(50, (await sandbox.InstanceAsync($"tagged-{Run}")).Element("TagList")!.Elements().Count());
    }

    [Fact]
    public async Task An_instance_of_a_cluster_leads_to_its_cluster()
    {
        await sandbox.MakeClusterAsync("owner");
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(factory).CaptureAsync(sandbox.Query("owner-r1"), RdsSandbox.Intent(sandbox.Clock.GetUtcNow()), CancellationToken.None));
        Assert.Equal("DatabaseIsClusterMember", fault.Id);
        Assert.Contains("-DatabaseIdentifier owner", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_the_place()
    {
        using var factory = sandbox.Factory();
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider(factory).CaptureAsync(sandbox.Query("nowhere"), RdsSandbox.Intent(sandbox.Clock.GetUtcNow()), CancellationToken.None));
        Assert.Equal("DatabaseNotFound", fault.Id);
        Assert.Contains("123456789012/ap-northeast-1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quota", "AwsQuotaReached", "Nothing was made")]
    [InlineData("key", "KmsKeyNotUsable", "KMS key")]
    public async Task What_the_service_refuses_is_told_with_the_mend_and_nothing_is_made(string what, string id, string mend)
    {
        var name = $"refused-{what}";
        if (what == "key")
            await sandbox.Process.Control.SendAsync(HttpMethod.Put, "rds/keys/own-key", """{"enabled":true}""");

        await PlainAsync(name, what == "key" ? "StorageEncrypted=true&KmsKeyId=own-key" : "BackupRetentionPeriod=3");
        var time = await sandbox.PointAsync(() => sandbox.InstanceAsync(name));
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun((await provider.CaptureAsync(sandbox.Query(name), RdsSandbox.Intent(time), CancellationToken.None)), Run, sandbox.Clock);
        if (what == "key")
            await sandbox.Process.Control.SendAsync(HttpMethod.Put, "rds/keys/own-key", """{"enabled":false}""");
        else
            await sandbox.Process.Control.SetFaultsAsync("""{"service":"rds","operation":"RestoreDBInstanceToPointInTime","effect":"error","code":"InstanceQuotaExceeded","status":400,"times":0}""");

        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider));
        await sandbox.Process.Control.ClearFaultsAsync();
        Assert.Equal(id, fault.Id);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<Amazon.Runtime.AmazonServiceException>(() => sandbox.InstanceAsync($"{name}-{Run}"));
        Assert.Equal("DBInstanceNotFound", missing.ErrorCode);
    }

    [Fact]
    public async Task A_restore_that_ends_dead_is_told_with_its_events()
    {
        await PlainAsync("doomed");
        await sandbox.Process.Control.PatchSettingsAsync("""{"rds":{"failRestores":{"doomed-*":"incompatible-parameters"}}}""");
        var time = await sandbox.PointAsync(() => sandbox.InstanceAsync("doomed"));
        using var factory = sandbox.Factory();
        var provider = sandbox.Provider(factory);
        var run = new PlanRun((await provider.CaptureAsync(sandbox.Query("doomed"), RdsSandbox.Intent(time), CancellationToken.None)), Run, sandbox.Clock);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => run.RunAsync(provider));
        Assert.Equal("DatabaseUnusable", fault.Id);
        Assert.Contains("incompatible-parameters", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Its last events:", fault.Message, StringComparison.Ordinal);
        Assert.Contains("workloads stay stopped", fault.Mend, StringComparison.Ordinal);
    }

    private async Task PlainAsync(string name, string more = "BackupRetentionPeriod=7")
    {
        await sandbox.CallAsync(
            "CreateDBInstance", $"DBInstanceIdentifier={name}&DBInstanceClass=db.m6g.large&Engine=postgres&AllocatedStorage=20&MasterUsername=adm&MasterUserPassword=secret-123&{more}");
        await sandbox.SettledAsync(() => sandbox.InstanceAsync(name), "DBInstanceStatus");
    }

    private async Task<RestoreException> RefusedAsync(string name, DateTimeOffset time)
    {
        using var factory = sandbox.Factory();
        return await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider(factory).CaptureAsync(sandbox.Query(name), RdsSandbox.Intent(time), CancellationToken.None));
    }
}
