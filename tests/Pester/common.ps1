# What the Pester files share. Dot-sourced in BeforeAll; the module under test is the packaged one that Invoke-Tests.ps1 names.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$InformationPreference = 'SilentlyContinue'

Import-Module $env:SCALARRESTORE_MODULE

# Stages a spoiled world on a sandbox of its own and leads this process to it. Close-World ends it.
function Open-World {
    param(
        [ValidateSet('server', 'ledger', 'all')] [string] $Workloads = 'ledger',
        [ValidateSet('record', 'helm')] [string] $Engine = 'record',
        [ValidateSet('dynamodb', 'rds', 'aurora', 'mixed', 'cosmosdb', 'mysql', 'postgresql')] [string] $Database = 'dynamodb'
    )
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $words = @(
        'exec', $env:SCALARRESTORE_DRILL, '--stage', '--quick', '--tables', '2', '--items', '10', '--workloads', $Workloads, '--engine', $Engine
        '--database', $Database
    )
    foreach ($word in $words) { $start.ArgumentList.Add($word) }
    $process = [System.Diagnostics.Process]::Start($start)
    $said = $process.StandardError.ReadToEndAsync()
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait([TimeSpan]::FromMinutes(2)) -or -not $line.Result) {
        if (-not $process.HasExited) { $process.Kill($true) }
        throw "The drill staged no world: $($said.Result)"
    }
    $world = $line.Result | ConvertFrom-Json
    $world | Add-Member Process $process
    $world | Add-Member Saved @{}
    $variables = @{ XDG_DATA_HOME = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName }
    foreach ($variable in $world.environment.PSObject.Properties) { $variables[$variable.Name] = $variable.Value }
    if ($world.helm) { $variables['PATH'] = (Split-Path $world.helm) + [IO.Path]::PathSeparator + $env:PATH }
    foreach ($name in $variables.Keys) {
        $world.Saved[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $variables[$name])
    }
    # The writer of the drill would change tables between two looks at them.
    if ($Database -eq 'dynamodb') { $null = Invoke-RestMethod -Method Delete "$env:SCALARRESTORE_SANDBOX_CONTROL/writer" }
    $world
}

function Close-World {
    param($World)
    if (-not $World) { return }
    $World.Process.StandardInput.Close()
    if (-not $World.Process.WaitForExit(15000)) { $World.Process.Kill($true) }
    foreach ($name in $World.Saved.Keys) { [Environment]::SetEnvironmentVariable($name, $World.Saved[$name]) }
}

# Everything that the sandbox holds, but for what changes by itself.
function Get-WorldState {
    (Invoke-WebRequest "$env:SCALARRESTORE_SANDBOX_CONTROL/state?volatile=false").Content
}

function Get-WorldPoint {
    param($World)
    Get-ScalarRestorePoint -PauseStart $World.pauseStartMs -PauseEnd $World.pauseEndMs
}

# The parameters of a cmdlet without the common ones: a change here is a change for users.
function Get-OwnParameter {
    param([string] $Command)
    (Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.PSCmdlet]::CommonParameters } | Sort-Object
}

# Those that sign in to Azure, the same on every command that has them.
$azureParameters = 'AzureCredential', 'ManagedIdentityClientId', 'TenantId', 'AzureEnvironment', 'AccessToken'

function Compare-Parameter {
    param([string] $Command, [string[]] $Expected)
    Compare-Object ($Expected | Sort-Object) (Get-OwnParameter $Command) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }
}

# A run of its own process, for what a fresh session has to show.
function Invoke-Fresh {
    param([string] $Script)
    $pwsh = (Get-Process -Id $PID).Path
    $output = & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$env:SCALARRESTORE_MODULE'; $Script" 2>&1
    [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = ($output | Out-String) }
}

# Begins a restore in a runspace of its own and stops it, as Ctrl-C would, once the first copy is under way.
function Invoke-RestoreAndStop {
    param($Run, $Point)
    $shell = [powershell]::Create()
    $null = $shell.AddScript('param($Module, $Id, $Time) Import-Module $Module; Get-ScalarRestoreRun $Id | Restore-ScalarDatabase -RestoreTime $Time -Force -Confirm:$false').
    AddArgument($env:SCALARRESTORE_MODULE).AddArgument($Run.RunId).AddArgument($Point)
    $null = $shell.BeginInvoke()
    # ReadAll takes what is there; enumerating a stream would wait for its end.
    while (-not ($shell.Streams.Information.ReadAll() | Where-Object { "$_" -match '^copy:' })) {
        $shell.InvocationStateInfo.State | Should -Be 'Running'
        Start-Sleep -Milliseconds 50
    }
    $shell.Stop()
    $shell.InvocationStateInfo.State | Should -Be 'Stopped'
    $shell.Dispose()
}
