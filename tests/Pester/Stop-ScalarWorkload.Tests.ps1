BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World ledger
    $class = 'ScalarRestore.Cmdlets.Commands.StopScalarWorkloadCommand'
}

AfterAll {
    Close-World $world
}

Describe 'Stop-ScalarWorkload' {
    It 'keeps its parameters' {
        Compare-Parameter Stop-ScalarWorkload 'InputObject', 'Name', 'Namespace', 'KubeConfig', 'Context', 'AllowExecPlugin', 'Engine', 'ChartSource',
        'JournalPath', 'Timeout', 'IgnoreBlocker', 'WhatIf', 'Confirm' | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf and under $WhatIfPreference' {
        $before = Get-WorldState
        $run = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -WhatIf
        $run.NotExecuted | Should -BeTrue
        & { $WhatIfPreference = $true; (Stop-ScalarWorkload ledger -Namespace $world.namespace).NotExecuted } | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
        Get-ScalarRestoreRun | Should -BeNullOrEmpty
    }

    It 'fails without input, so that a mistyped filter does not look like a stop that went well' {
        $before = Get-WorldState
        { @() | Stop-ScalarWorkload } | Should -Throw -ErrorId "NoWorkloads,$class"
        Get-WorldState | Should -BeExactly $before
    }

    It 'refuses a duration that is none' {
        { Stop-ScalarWorkload ledger -Timeout soon } | Should -Throw -ErrorId "ParameterArgumentTransformationError,$class"
    }

    It 'brings all to zero pods before one run comes out' {
        $journals = Join-Path $TestDrive journals
        $runs = @(Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record -JournalPath $journals -Timeout 00:10:00)
        $runs.Count | Should -Be 1
        $runs[0].Phase | Should -Be 'Stopped'
        ($runs[0].Workloads | Sort-Object { $_.Before.Name }).OriginalReplicas | Should -Be 2, 3
        (Get-ScalarWorkload -Namespace $world.namespace).Pods | Should -Be 0, 0
        (Get-ScalarRestoreRun -JournalPath $journals).RunId | Should -Be $runs[0].RunId
        $runs[0] | Get-ScalarRestoreRun | ForEach-Object Phase | Should -Be 'Stopped'
    }
}
