BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World server
    $class = 'ScalarRestore.Cmdlets.Commands.RestoreScalarDatabaseCommand'
    $point = Get-WorldPoint $world
    $run = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
}

AfterAll {
    Close-World $world
}

Describe 'Restore-ScalarDatabase' {
    It 'keeps its parameters' {
        Compare-Parameter Restore-ScalarDatabase ($azureParameters + 'Run', 'RestoreTime', 'TableName', 'SchemaFile', 'DatabaseIdentifier', 'KeepIdentifier', 'NamespacePrefix', 'ProfileName', 'Region',
            'SkipSafetyBackup', 'SkipTimeToLive', 'IgnoreOtherWorkload', 'ClockSkew', 'Force', 'ApprovePlan', 'PlanOnly', 'Timeout', 'WhatIf', 'Confirm') | Should -BeNullOrEmpty
    }

    It 'makes the same plan for the same world and sends only reads' {
        $before = Get-WorldState
        $one = $run | Restore-ScalarDatabase -RestoreTime $point -PlanOnly
        $other = $point | Restore-ScalarDatabase -Run $run -PlanOnly
        $one.NotExecuted | Should -BeTrue
        $one.Plan.Digest | Should -Match '^[0-9a-f]{64}$'
        $other.Plan.Digest | Should -Be $one.Plan.Digest
        @($one.Plan.Steps | Where-Object Irreversible).Count | Should -Be $world.tables.Count
        Get-WorldState | Should -BeExactly $before
    }

    It 'changes nothing under -WhatIf' {
        $before = Get-WorldState
        ($run | Restore-ScalarDatabase -RestoreTime $point -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
    }

    It 'says in a session without a prompt what is missing, and changes nothing' {
        $before = Get-WorldState
        $fresh = Invoke-Fresh "try { Get-ScalarRestoreRun $($run.RunId) | Restore-ScalarDatabase '$point' } catch { `$_.FullyQualifiedErrorId; `$_.ErrorDetails.RecommendedAction }"
        $fresh.Output | Should -Match "ConsentNeeded,$class"
        $fresh.Output | Should -Match '-Confirm:\$false'
        Get-WorldState | Should -BeExactly $before
    }

    It 'refuses times that could mean several moments' {
        foreach ($time in '2026-03-04 02:15:07', [DateTime]::SpecifyKind('2026-03-04 02:15:07', 'Unspecified'), 1772590507) {
            { Restore-ScalarDatabase -Run $run -RestoreTime $time -WhatIf } | Should -Throw -ErrorId "ParameterArgumentTransformationError,$class"
        }
    }

    It 'refuses a digest that is not the plan''s' {
        { $run | Restore-ScalarDatabase -RestoreTime $point -ApprovePlan ('0' * 64) -Confirm:$false } | Should -Throw -ErrorId "*,$class"
        ($run | Get-ScalarRestoreRun).Phase | Should -Be 'Stopped'
    }

    It 'settles when it is stopped, and the run can be resumed' {
        Invoke-RestoreAndStop $run $point
        $stopped = $run | Get-ScalarRestoreRun
        $stopped.Phase | Should -Be 'Restoring'
        $stopped.NextCommand | Should -Match '^Resume-ScalarRestore'
        $resumed = $stopped | Resume-ScalarRestore -Force -Confirm:$false
        $resumed.Phase | Should -Be 'Restored'
        $resumed.Databases.Tables.Name | Sort-Object | Should -Be ($world.tables | Sort-Object)
        $resumed.Databases.Tables.Verified | Should -Not -Contain $false
    }

    It 'refuses a run that is not stopped, with the way on' {
        $restored = $run | Get-ScalarRestoreRun
        { $restored | Restore-ScalarDatabase -Confirm:$false -Force } | Should -Throw -ErrorId "*,$class"
        try { $restored | Restore-ScalarDatabase -Confirm:$false -Force } catch { $caught = $_ }
        $caught.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
