#!/usr/bin/env pwsh
<#
.SYNOPSIS
    The single entry to building, testing and packaging.
.DESCRIPTION
    Build    fills module/bin: cmdlets, engine and help.
    Test     runs the .NET tests; with pwsh at hand they test the cmdlets too.
    Pester   tests the packaged module in a fresh pwsh; packages it first.
    Drill    restores a spoiled database on the sandbox and proves every item.
    Bench    runs the benchmarks.
    Package  builds, and lays the module out in artifacts/ScalarRestore/<version>.

    Everything .NET is a plain dotnet command, so each can be run by itself where there is no pwsh.
.EXAMPLE
    ./build.ps1 -Task Package
.EXAMPLE
    ./build.ps1 -Task Drill -- --json
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Drill', 'Bench', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Passed on to the program behind Test, Drill and Bench.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments = @()
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$solution = Join-Path $root 'ScalarRestore.sln'
$moduleBin = Join-Path $root 'module/bin'
$version = (Import-PowerShellDataFile (Join-Path $root 'ScalarRestore.psd1')).ModuleVersion
$package = Join-Path $root "artifacts/ScalarRestore/$version"

function Invoke-Native {
    param([string] $Program, [string[]] $ArgumentList)
    Write-Verbose "$Program $ArgumentList"
    & $Program @ArgumentList
    if ($LASTEXITCODE -ne 0) { throw "$Program $ArgumentList ended with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    # Publishing does not take stale files away.
    if (Test-Path $moduleBin) { Remove-Item $moduleBin -Recurse -Force }
    Invoke-Native dotnet 'publish', $solution, '-c', $Configuration, '--nologo', '-v', 'quiet'
    foreach ($culture in Get-ChildItem (Join-Path $root 'module/help') -Directory) {
        $target = Join-Path $moduleBin "$($culture.Name)/ScalarRestore.Cmdlets.dll-Help.xml"
        Invoke-Native dotnet 'run', '-c', $Configuration, '--project', (Join-Path $root 'src/ScalarRestore.HelpBuilder'), '--', $culture.FullName, $target
    }
}

function Invoke-Package {
    Invoke-Build
    if (Test-Path $package) { Remove-Item $package -Recurse -Force }
    $null = New-Item $package -ItemType Directory
    foreach ($file in 'ScalarRestore.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md') {
        $source = Join-Path $root $file
        if (Test-Path $source) { Copy-Item $source $package }
    }
    $null = New-Item (Join-Path $package 'module') -ItemType Directory
    Copy-Item (Join-Path $root 'module/*.ps1xml') (Join-Path $package 'module')
    Copy-Item $moduleBin (Join-Path $package 'module') -Recurse
    $size = (Get-ChildItem $package -Recurse -File | Measure-Object Length -Sum).Sum / 1MB
    Write-Output ('{0}: {1:0.0} MB' -f $package, $size)
}

function Invoke-PesterFile {
    Invoke-Package
    # A new process: a session that has loaded the module cannot load it again after a build.
    Invoke-Native (Get-Process -Id $PID).Path '-NoProfile', '-NonInteractive', '-File', (Join-Path $root 'tests/Pester/Invoke-Tests.ps1'), '-ModulePath', (Join-Path $package 'ScalarRestore.psd1')
}

foreach ($name in $Task) {
    switch ($name) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Native dotnet (@('test', $solution, '--nologo') + $Arguments) }
        'Pester' { Invoke-PesterFile }
        'Drill' { Invoke-Native dotnet (@('run', '-c', $Configuration, '--project', (Join-Path $root 'src/ScalarRestore.Drill'), '--') + $Arguments) }
        'Bench' { Invoke-Native dotnet (@('run', '-c', 'Release', '--project', (Join-Path $root 'tests/Benchmarks'), '--') + $Arguments) }
        'Package' { Invoke-Package }
    }
}
