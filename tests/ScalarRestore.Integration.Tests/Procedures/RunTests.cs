namespace ScalarRestore.Integration.Tests.Procedures;

/// <summary>One run from end to end, with what may go wrong between its phases.</summary>
public sealed class RunTests(StagedWorld world) : IClassFixture<StagedWorld>
{
    private readonly RecordingHost _host = new();

    [Fact]
    public async Task A_run_keeps_its_order_its_consent_and_its_journal()
    {
        var journal = $"configmap:{world.Namespace}";
        var run = await world.StopAsync(_host, journal);
        Assert.Equal(RestorePhase.Stopped, run.Phase);
        Assert.Equal(journal, run.JournalPath);
        Assert.All(run.Workloads, workload => Assert.True(workload.OriginalReplicas > 0));

        // Steps may not be left out.
        await WrongPhaseAsync(() => world.Engine.UpdateValuesAsync(new UpdateValuesRequest { Run = run }, _host, CancellationToken.None));
        await WrongPhaseAsync(() => world.Engine.StartWorkloadsAsync(new StartRequest { Run = run }, _host, CancellationToken.None));

        // A plan that was not approved is not run.
        var request = new RestoreRequest { Run = run, RestoreTime = world.RestoreTime, Timeout = TimeSpan.FromHours(40) };
        var mismatch = await Assert.ThrowsAsync<RestoreException>(() =>
            world.Engine.RestoreDatabasesAsync(request with { ApprovePlan = new string('0', 64) }, _host, CancellationToken.None));
        Assert.Equal("PlanNotApproved", mismatch.Id);

        // Without anybody to ask, it is told before an hour of copying and not after.
        _host.CanAsk = false;
        var since = await world.LastCallAsync();
        var unasked = await Assert.ThrowsAsync<RestoreException>(() => world.Engine.RestoreDatabasesAsync(request, _host, CancellationToken.None));
        Assert.Equal("ConsentNeeded", unasked.Id);
        Assert.DoesNotContain(await world.WritesAsync(since), write => write.StartsWith("dynamodb", StringComparison.Ordinal));
        _host.CanAsk = true;

        // Consent that is declined leaves every live table in place, and the run can be taken up again.
        _host.Continue = false;
        var declined = await Assert.ThrowsAsync<RestoreException>(() => world.Engine.RestoreDatabasesAsync(request, _host, CancellationToken.None));
        Assert.Equal("ConsentDeclined", declined.Id);
        var question = Assert.Single(_host.Questions);
        Assert.Contains("123456789012", question, StringComparison.Ordinal);
        Assert.Contains($"{world.Tables.Count} ", question, StringComparison.Ordinal);
        Assert.DoesNotContain(await world.WritesAsync(0), write => world.Tables.Any(table => write == $"dynamodb DeleteTable {table}"));

        var found = Assert.Single(await world.Engine.GetRunsAsync(
            new RunQuery { RunIds = [run.RunId], JournalPath = journal, Connection = world.Connection }, _host, CancellationToken.None));
        Assert.Equal(RestorePhase.Restoring, found.Phase);
        Assert.Equal(RestoreOutcome.Failed, found.Outcome);
        Assert.Contains("Resume-ScalarRestore", found.NextCommand, StringComparison.Ordinal);

        // Nothing live was changed, so another point may be chosen; its copies get names of their own.
        var later = request with { Run = found, RestoreTime = world.RestoreTime.AddSeconds(1) };
        await Assert.ThrowsAsync<RestoreException>(() => world.Engine.RestoreDatabasesAsync(later, _host, CancellationToken.None));
        found = Assert.Single(await world.Engine.GetRunsAsync(
            new RunQuery { RunIds = [run.RunId], JournalPath = journal, Connection = world.Connection }, _host, CancellationToken.None));
        Assert.Equal(later.RestoreTime.ToUnixTimeSeconds(), found.RestoreTime!.Value.ToUnixTimeSeconds());

        run = await world.Engine.ResumeAsync(
            new ResumeRequest { RunId = run.RunId, JournalPath = journal, Connection = world.Connection, ApprovePlan = found.Plan!.Digest }, _host, CancellationToken.None);
        Assert.Equal(RestorePhase.Restored, run.Phase);
        Assert.Equal(2, _host.Questions.Count);
        var database = Assert.Single(run.Databases);
        Assert.Equal(world.Tables.Order(StringComparer.Ordinal), database.Tables.Select(table => table.Name));
        Assert.All(database.Tables, table => Assert.True(table.Verified && table.NewId != table.OldId && table.BackupArn is not null && table.SafetyBackupArn is not null));

        run = (await world.Engine.UpdateValuesAsync(new UpdateValuesRequest { Run = run }, _host, CancellationToken.None)).Run!;
        Assert.Contains(_host.Lines, line => line.Contains("nothing to change in the values", StringComparison.Ordinal));
        run = await world.Engine.StartWorkloadsAsync(new StartRequest { Run = run, Timeout = TimeSpan.FromHours(5) }, _host, CancellationToken.None);
        Assert.Equal(RestorePhase.Started, run.Phase);
        Assert.NotEqual(RestoreOutcome.Failed, run.Outcome);
        Assert.Null(run.NextCommand);

        var again = await world.Engine.ResumeAsync(new ResumeRequest { RunId = run.RunId, JournalPath = journal, Connection = world.Connection }, _host, CancellationToken.None);
        Assert.Equal(RestorePhase.Started, again.Phase);
        var after = await world.FindAsync(_host);
        Assert.Equal(run.Workloads.Select(workload => (workload.Before.Name, workload.OriginalReplicas)), after.Select(workload => (workload.Name, workload.ReadyReplicas)));
    }

    private static async Task WrongPhaseAsync(Func<Task> act)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(act);
        Assert.Equal("WrongPhase", fault.Id);
        Assert.Contains("Restore-ScalarDatabase", fault.Mend, StringComparison.Ordinal);
    }
}
