using ScalarRestore.Testing;

namespace ScalarRestore.Cmdlets.Tests;

public sealed class ErrorTests : IDisposable
{
    private const string Stop = "$run = Stop-ScalarWorkload a;";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [PowerShellFact]
    public void Several_faults_are_written_one_by_one_before_the_last_word()
    {
        var lines = _session.Lines("""
            $ErrorActionPreference = 'Continue'
            try { Get-ScalarWorkload faults -ErrorVariable errors 2>$null } catch { 'not caught here' }
            $Error[2..0] | ForEach-Object { '{0}|{1}|{2}|{3}|{4}' -f ($_.FullyQualifiedErrorId -split ',')[0], $_.CategoryInfo.Category, $_.TargetObject, $_, $_.ErrorDetails.RecommendedAction }
            """);
        Assert.Contains("TableNotFound|ObjectNotFound|a|No table a.|Create it.", lines);
        Assert.Contains("PitrDisabled|InvalidOperation|b|No PITR on b.|Turn it on.", lines);
    }

    [PowerShellFact]
    public void ErrorAction_Stop_gives_the_first_fault()
    {
        Assert.StartsWith("TableNotFound,", _session.ErrorId("Get-ScalarWorkload faults"), StringComparison.Ordinal);
    }

    [PowerShellFact]
    public void A_bug_is_named_as_such()
    {
        Assert.StartsWith("UnexpectedFault,", _session.ErrorId("Get-ScalarWorkload crash"), StringComparison.Ordinal);
    }

    [PowerShellFact]
    public void A_session_that_cannot_ask_is_told_the_parameter()
    {
        Assert.Equal(
            ["ConsentNeeded -Confirm:$false", "ConsentNeeded -Force", "Restored"],
            _session.Lines(Stop + """
                foreach ($more in @{}, @{ Confirm = $false }, @{ Confirm = $false; Force = $true }) {
                    try { "$(($run | Restore-ScalarDatabase -RestoreTime 2026-03-04T02:15:07Z @more).Phase)" }
                    catch { '{0} {1}' -f ($_.FullyQualifiedErrorId -split ',')[0], [regex]::Match($_.ErrorDetails.RecommendedAction, '-Confirm:\$false|-Force') }
                }
                """));
    }

    [PowerShellFact]
    public void A_second_version_in_one_session_is_refused()
    {
        var other = Directory.CreateTempSubdirectory("scalar-other-");
        try
        {
            Assert.StartsWith(
                "ModuleVersionConflict,",
                _session.ErrorId($$"""
                    $(
                        Copy-Item -Recurse '{{Path.GetDirectoryName(PowerShellSession.Manifest)}}' '{{other.FullName}}'
                        $manifest = '{{other.FullName}}/ScalarRestore/ScalarRestore.psd1'
                        (Get-Content $manifest -Raw) -replace "ModuleVersion\s*=\s*'[^']+'", "ModuleVersion = '99.0.0'" | Set-Content $manifest
                        Import-Module $manifest
                        Get-ScalarWorkload a
                    )
                    """),
                StringComparison.Ordinal);
        }
        finally
        {
            other.Delete(recursive: true);
        }
    }

    [PowerShellFact]
    public void Importing_again_keeps_one_engine()
    {
        Assert.Equal(
            ["x1", "x2", "x3", "1"],
            _session.Lines($$"""
                1..3 | ForEach-Object { Import-Module '{{PowerShellSession.Manifest}}' -Force; (Get-ScalarWorkload "x$_").Name }
                @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'ScalarRestore.Engine').Count
                """));
    }
}
