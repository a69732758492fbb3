using System.Diagnostics;
using ScalarRestore.Testing;

namespace ScalarRestore.Cmdlets.Tests;

public sealed class PumpTests : IDisposable
{
    private const string StopAfterFirstWord = """
        $shell = [powershell]::Create().AddScript("Import-Module '{0}'; Get-ScalarWorkload {1}")
        $null = $shell.BeginInvoke()
        while ($shell.Streams.Information.Count -eq 0) {{ Start-Sleep -Milliseconds 20 }}
        $shell.Stop()
        $shell.InvocationStateInfo.State
        """;

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [PowerShellFact]
    public void A_call_returns_its_objects_and_has_settled()
    {
        Assert.Equal(["ns/a", "ns/b"], _session.Lines("Get-ScalarWorkload a, b | ForEach-Object ToString"));
        Assert.Equal(["settled"], _session.Trace);
    }

    [PowerShellFact]
    public void WarningAction_Stop_ends_the_call_and_waits_for_its_clean_up()
    {
        Assert.Equal("ActionPreferenceStop,ScalarRestore.Cmdlets.Commands.GetScalarWorkloadCommand", _session.ErrorId("Get-ScalarWorkload warn -WarningAction Stop"));
        Assert.Equal(["settled"], _session.Trace);
    }

    [PowerShellFact]
    public void A_stopped_pipeline_waits_for_the_clean_up()
    {
        Assert.Equal(["Stopped"], _session.Lines(string.Format(null, StopAfterFirstWord, PowerShellSession.Manifest, "wait")));
        Assert.Equal(["settled"], _session.Trace);
    }

    [PowerShellFact]
    public void A_clean_up_that_never_ends_is_left_behind()
    {
        Assert.Equal(["Stopped"], _session.Lines(string.Format(null, StopAfterFirstWord, PowerShellSession.Manifest, "stubborn")));
        Assert.Empty(_session.Trace);
    }

    [PowerShellFact]
    public async Task SIGTERM_waits_for_the_clean_up_and_ends_the_script()
    {
        var start = new ProcessStartInfo(Tool.Find("pwsh")!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in (string[])["-NoProfile", "-Command", PowerShellSession.Prepared("Get-ScalarWorkload wait -InformationAction Continue; 'not reached'")])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in _session.Environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        Assert.Equal("begun", await process.StandardOutput.ReadLineAsync(Patience()));
        Tool.Run("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Succeeded();
        Assert.DoesNotContain("not reached", await process.StandardOutput.ReadToEndAsync(Patience()), StringComparison.Ordinal);
        await process.WaitForExitAsync(Patience());
        Assert.Equal(["settled"], _session.Trace);
    }

    [PowerShellFact]
    public void Select_First_gets_its_object_and_the_call_has_settled()
    {
        Assert.Equal(["ns/a"], _session.Lines("Get-ScalarWorkload a, b, c | Select-Object -First 1 | ForEach-Object ToString"));
        Assert.Equal(["settled"], _session.Trace);
    }

    [PowerShellFact]
    public void Twenty_thousand_lines_pass()
    {
        Assert.Equal(["20000"], _session.Lines("@(Get-ScalarWorkload chatty -Verbose 4>&1 | Where-Object { $_ -like 'line*' }).Count"));
    }

    [PowerShellFact]
    public void Progress_is_few_and_every_bar_is_completed()
    {
        // A job's host takes progress; the one of this process does not.
        var lines = _session.Lines($$"""
            $job = Start-Job { Import-Module '{{PowerShellSession.Manifest}}'; $null = Get-ScalarWorkload progress }
            $null = $job | Wait-Job
            $records = $job.ChildJobs[0].Progress
            $records.Count
            @($records.ActivityId | Sort-Object -Unique).Count
            @($records | Group-Object ActivityId | Where-Object { $_.Group[-1].RecordType -ne 'Completed' }).Count
            """);
        Assert.InRange(int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), 10, 400);
        Assert.Equal(["7", "0"], lines[1..]);
    }

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
