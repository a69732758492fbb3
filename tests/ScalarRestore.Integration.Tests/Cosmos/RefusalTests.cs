namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>What cannot be restored is told clearly, and nothing is made.</summary>
public sealed class RefusalTests(CosmosSandbox sandbox) : IClassFixture<CosmosSandbox>
{
    [Fact]
    public async Task Periodic_backups_lead_to_no_time()
    {
        await sandbox.MakeAsync("periodic", """{"type":"Periodic"}""");
        var fault = await RefusedAsync("periodic", sandbox.Clock.GetUtcNow().AddHours(-1));
        Assert.Contains(fault.Faults, one => one.Id == "BackupsOff" && one.Message.Contains("periodic backups", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_outside_of_the_window_is_refused_at_both_ends()
    {
        await sandbox.MakeAsync("window");
        var early = await RefusedAsync("window", sandbox.Clock.GetUtcNow().AddDays(-40));
        Assert.Equal(["RestoreTimeOutOfWindow"], early.Faults.Select(one => one.Id));
        Assert.Contains("at the earliest", early.Message, StringComparison.Ordinal);
        var late = await RefusedAsync("window", sandbox.Clock.GetUtcNow().AddHours(1));
        Assert.Contains(late.Faults, one => one.Id == "RestoreTimeInFuture");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_left_to_its_owner()
    {
        await sandbox.MakeAsync("taken");
        await sandbox.MakeAsync($"taken-{CosmosSandbox.Run}");
        var fault = await RefusedAsync("taken", await sandbox.PointAsync());
        Assert.Equal(["TargetNameTaken"], fault.Faults.Select(one => one.Id));
    }

    [Fact]
    public async Task A_deleted_account_is_told_with_its_instances()
    {
        await sandbox.MakeAsync("gone");
        await sandbox.Process.Control.SendAsync(HttpMethod.Delete, "azure/cosmos/accounts/gone");
        await sandbox.MakeAsync("gone");
        await sandbox.Process.Control.SendAsync(HttpMethod.Delete, "azure/cosmos/accounts/gone");
        var storage = new WorkloadStorage { Storage = "cosmos", ContactPoints = "https://gone.documents.azure.com:443/" };
        var query = new DatabaseQuery { Workloads = [Workload(storage)] };
        var fault = await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider().CaptureAsync(query, CosmosSandbox.Intent(sandbox.Clock.GetUtcNow()), CancellationToken.None));
        Assert.Equal("DatabaseDeleted", fault.Id);
        Assert.Contains("2 instances of that name", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_lets_nobody_write_is_told_before()
    {
        await sandbox.MakeAsync("locked");
        var point = await sandbox.PointAsync();
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/locks", """[{"name":"freeze","scope":"/resourceGroups/rg","level":"ReadOnly"}]""");
        var fault = await RefusedAsync("locked", point);
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/locks", "[]");
        Assert.Equal(["AzureScopeLocked"], fault.Faults.Select(one => one.Id));
        Assert.Contains("'freeze'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_its_role()
    {
        await sandbox.MakeAsync("denied");
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", """["*/restorableDatabaseAccounts/read"]""");
        var fault = await Assert.ThrowsAsync<RestoreException>(
            () => sandbox.Provider().CaptureAsync(sandbox.Query("denied"), CosmosSandbox.Intent(sandbox.Clock.GetUtcNow().AddHours(-1)), CancellationToken.None));
        await sandbox.Process.Control.SendAsync(HttpMethod.Put, "azure/denials", "[]");
        Assert.Equal("AzureAccessDenied", fault.Id);
        Assert.Contains("Cosmos DB Account Reader", fault.Mend, StringComparison.Ordinal);
    }

    private static ScalarWorkload Workload(WorkloadStorage storage) => new()
    {
        Name = "app",
        Namespace = "default",
        Product = ScalarProduct.Server,
        Chart = "scalardb",
        ChartVersion = "2.5.0",
        Revision = 1,
        ReleaseStatus = "deployed",
        Deployment = "app-scalardb",
        Replicas = 1,
        ReadyReplicas = 1,
        Pods = 1,
        Cluster = "sandbox",
        Connection = new KubernetesConnection(),
        Storages = [storage],
    };

    private async Task<RestoreException> RefusedAsync(string name, DateTimeOffset time) =>
        await Assert.ThrowsAsync<RestoreException>(() => sandbox.Provider().CaptureAsync(sandbox.Query(name), CosmosSandbox.Intent(time), CancellationToken.None));
}
