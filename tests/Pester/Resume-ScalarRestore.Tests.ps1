BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World server
    $class = 'ScalarRestore.Cmdlets.Commands.ResumeScalarRestoreCommand'
}

AfterAll {
    Close-World $world
}

Describe 'Resume-ScalarRestore' {
    It 'keeps its parameters' {
        Compare-Parameter Resume-ScalarRestore 'RunId', 'Run', 'JournalPath', 'Force', 'ApprovePlan', 'KubeConfig', 'Context', 'AllowExecPlugin', 'WhatIf', 'Confirm' |
            Should -BeNullOrEmpty
    }

    It 'fails for a run that is not there' {
        { Resume-ScalarRestore 20260304-021507-7f3c -Confirm:$false } | Should -Throw -ErrorId "*,$class"
    }

    It 'takes a run up by id, in another process' {
        $point = Get-WorldPoint $world
        $run = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
        # The deletion at the gate is not consented to: the phase ends there.
        { $run | Restore-ScalarDatabase -RestoreTime $point -Confirm:$false } | Should -Throw -ErrorId 'ConsentNeeded,ScalarRestore.Cmdlets.Commands.RestoreScalarDatabaseCommand'
        $before = Get-WorldState
        (Resume-ScalarRestore $run.RunId -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
        $fresh = Invoke-Fresh "'{0}' -f (Resume-ScalarRestore $($run.RunId) -Force -Confirm:`$false).Phase"
        $fresh.Output.Trim() | Should -Match 'Restored$'
        ($run | Get-ScalarRestoreRun).Databases.Tables.Verified | Should -Not -Contain $false
    }
}
