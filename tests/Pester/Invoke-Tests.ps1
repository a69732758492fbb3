<#
.SYNOPSIS
    Runs the Pester files against a packaged module, and PSScriptAnalyzer over the scripts.
.DESCRIPTION
    To be started in a fresh pwsh -NoProfile -NonInteractive. Needs Pester 5; PSScriptAnalyzer is used where it is installed.
#>
[CmdletBinding()]
param(
    # The manifest of the packaged module.
    [Parameter(Mandatory)] [string] $ModulePath,

    # The files to run; all of this folder unless told.
    [string[]] $Path = $PSScriptRoot
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)

if (-not (Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0')) {
    Write-Output 'Pester 5 is not installed: the cmdlet tests were not run.'
    exit 0
}

dotnet build (Join-Path $root 'src/ScalarRestore.Drill') --nologo -v quiet
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$env:SCALARRESTORE_MODULE = (Resolve-Path $ModulePath).Path
$env:SCALARRESTORE_DRILL = (Resolve-Path (Join-Path $root 'src/ScalarRestore.Drill/bin/Debug/net10.0/ScalarRestore.Drill.dll')).Path

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$result = Invoke-Pester -Configuration $configuration
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount

if (Get-Module PSScriptAnalyzer -ListAvailable) {
    $settings = Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1'
    $findings = @('build.ps1', 'ScalarRestore.psd1', 'tests/Pester' | ForEach-Object { Invoke-ScriptAnalyzer -Path (Join-Path $root $_) -Settings $settings })
    $findings | ForEach-Object { Write-Output "$($_.ScriptName):$($_.Line): $($_.RuleName): $($_.Message)" }
    Write-Output "PSScriptAnalyzer: $($findings.Count) findings"
    $failed += $findings.Count
}
else {
    Write-Output 'PSScriptAnalyzer is not installed: the scripts were not analyzed.'
}

exit [Math]::Min($failed, 1)
