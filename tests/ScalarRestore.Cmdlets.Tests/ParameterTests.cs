using System.Globalization;
using ScalarRestore.Testing;

namespace ScalarRestore.Cmdlets.Tests;

public sealed class ParameterTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [PowerShellFact]
    public void A_time_is_taken_in_every_form_that_means_one_moment()
    {
        var lines = _session.Lines("""
            $ErrorActionPreference = 'Continue'
            foreach ($time in '2026-03-04T02:15:07Z', '2026-03-04 11:15:07+09:00', '2026-03-04T02:15:07.500 +0000', 1772590507000, '1772590507000',
                [DateTimeOffset]'2026-03-04T02:15:07Z', [DateTime]::SpecifyKind('2026-03-04 02:15:07', 'Utc'),
                (Get-ScalarRestorePoint -PauseStart 2026-03-04T02:15:07Z -PauseEnd 2026-03-04T02:15:09Z)) {
                (Get-ScalarRestorePoint -PauseStart $time -PauseEnd 2026-03-04T03:00:00Z).ToString()
            }
            """);
        Assert.Equal(8, lines.Length);
        Assert.All(lines, line => Assert.Equal("2026-03-04T02:15:07Z", line));
    }

    [PowerShellFact]
    public void A_time_that_could_mean_several_moments_is_refused_with_the_way_to_write_it()
    {
        var lines = _session.Lines("""
            foreach ($time in '2026-03-04 02:15:07', [DateTime]::SpecifyKind('2026-03-04 02:15:07', 'Unspecified'), '2026-03-04', 1772590507, '03/04/2026', '2026-02-30T00:00:00Z', '') {
                try { Get-ScalarRestorePoint -PauseStart $time -PauseEnd 2026-03-04T03:00:00Z } catch { "$_" }
            }
            """);
        Assert.Equal(7, lines.Length);
        Assert.All(lines, line => Assert.Contains("'2026-03-04", line, StringComparison.Ordinal));
        Assert.Contains("'2026-03-04 02:15:07Z' if it is UTC", lines[0], StringComparison.Ordinal);
        Assert.Contains("'2026-03-04 02:15:07Z' if it is UTC", lines[1], StringComparison.Ordinal);
    }

    [PowerShellFact]
    public void A_number_is_seconds_and_nothing_else()
    {
        _session.Lines("foreach ($t in 90, '90', 1.5, '00:01:30', [TimeSpan]'0:2') { $null = Stop-ScalarWorkload a -Timeout $t }");
        string[] expected = ["00:01:30", "00:01:30", "00:00:01.5000000", "00:01:30", "00:02:00"];
        Assert.Equal(expected, _session.Trace.Where(l => l.StartsWith("stop ", StringComparison.Ordinal)).Select(l => l.Split('=')[^1]));
        Assert.StartsWith("ParameterArgumentTransformationError,", _session.ErrorId("Stop-ScalarWorkload a -Timeout -1"), StringComparison.Ordinal);
    }

    [PowerShellFact]
    public void Stop_acts_once_for_all_and_never_without_input()
    {
        Assert.Equal(["0", "1"], _session.Lines("@(@() | Stop-ScalarWorkload).Count; @(Get-ScalarWorkload a, b | Stop-ScalarWorkload).Count"));
        Assert.Single(_session.Trace, line => line.StartsWith("stop a,b ", StringComparison.Ordinal));
    }

    [PowerShellFact]
    public void WhatIf_reaches_the_engine_from_the_parameter_and_from_the_preference()
    {
        _session.Lines("$null = Stop-ScalarWorkload a -WhatIf; & { $WhatIfPreference = $true; $null = Stop-ScalarWorkload a; $null = Stop-ScalarWorkload a -WhatIf:$false }");
        Assert.Equal(
            ["whatif=True", "whatif=True", "whatif=False"],
            _session.Trace.Where(l => l.StartsWith("stop ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]));
        Assert.Equal(["process=False", "process=False", "process=True"], _session.Trace.Where(l => l.StartsWith("process", StringComparison.Ordinal)));
    }

    [PowerShellFact]
    public void The_run_and_the_point_both_pipe_into_the_restore()
    {
        Assert.Equal(
            ["Restored", "Restored"],
            _session.Lines("""
                $run = Stop-ScalarWorkload a
                $point = Get-ScalarRestorePoint -PauseStart 2026-03-04T02:15:07Z -PauseEnd 2026-03-04T02:15:09Z
                ($run | Restore-ScalarDatabase -RestoreTime $point -Force -Confirm:$false).Phase
                ($point | Restore-ScalarDatabase -Run $run -Force -Confirm:$false).Phase
                """));
    }

    [PowerShellFact]
    public void Inputs_find_their_parameter_sets()
    {
        var folder = Directory.CreateTempSubdirectory("scalar-files-");
        try
        {
            var lines = _session.Lines($$"""
                Set-Location '{{folder.FullName}}'
                'one' > 1.json; 'two' > 2.json
                (Get-Item *.json | Get-ScalarRestorePoint).Sources.Count
                (Get-ScalarRestorePoint ./*.json).Sources.Count
                ('line 1', 'line 2' | Get-ScalarRestorePoint).Sources -join ','
                $run = Get-ScalarWorkload a, b | Stop-ScalarWorkload
                $run | Get-ScalarDatabase; $run | Get-ScalarDatabase -TableName t; Get-ScalarWorkload a | Get-ScalarDatabase; Get-ScalarDatabase -TableName t; Get-ScalarDatabase -SchemaFile 1.json
                $null = Resume-ScalarRestore -JournalPath ./x.jsonl; $null = Resume-ScalarRestore 1; $null = $run | Resume-ScalarRestore; $null = $run | Get-ScalarRestoreRun
                """);
            Assert.Equal(["2", "2", "pipeline:2"], lines);
            Assert.Equal(
                ["of 2 tables ", "of 2 tables t", "of 1 tables ", "of 0 tables t", "of 0 tables "],
                _session.Trace.Where(l => l.StartsWith("databases ", StringComparison.Ordinal)).Select(l => l["databases ".Length..]));
            Assert.Contains($"resume  in {Path.Combine(folder.FullName, "x.jsonl")}", _session.Trace);
            Assert.Contains("resume 1 in ", _session.Trace);
            Assert.Contains(_session.Trace, l => l.StartsWith("resume 20260304-021507-7f3c in /", StringComparison.Ordinal));
            Assert.Contains(_session.Trace, l => l.StartsWith("runs 20260304-021507-7f3c in /", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [PowerShellFact]
    public void Completion_reads_contexts_and_run_ids_from_files()
    {
        var folder = Directory.CreateTempSubdirectory("scalar-completion-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "kubeconfig"), """
                apiVersion: v1
                clusters:
                - name: not-a-context
                contexts:
                - context:
                    cluster: c
                    namespace: n
                  name: prod-aks
                - name: 'dev one'
                current-context: prod-aks
                users:
                - name: nor-this
                """);
            File.WriteAllText(Path.Combine(folder.FullName, "20261122-143136-7f3c.jsonl"), "");
            Assert.Equal(
                ["prod-aks", "'dev one'", "prod-aks", "20261122-143136-7f3c"],
                _session.Lines(string.Format(CultureInfo.InvariantCulture, """
                    $env:KUBECONFIG = '{0}/kubeconfig'
                    (TabExpansion2 'Get-ScalarWorkload -Context ').CompletionMatches.CompletionText
                    (TabExpansion2 'Get-ScalarWorkload -Context P').CompletionMatches.CompletionText
                    (TabExpansion2 'Get-ScalarRestoreRun -JournalPath {0} -RunId ').CompletionMatches.CompletionText
                    """, folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
