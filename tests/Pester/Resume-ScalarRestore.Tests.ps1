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
        Compare-Parameter Resume-ScalarRestore ($azureParameters + 'RunId', 'Run', 'JournalPath', 'Force', 'ApprovePlan', 'AccountKey', 'KubeConfig', 'Context', 'AllowExecPlugin', 'WhatIf', 'Confirm') |
            Should -BeNullOrEmpty
    }

    It 'fails for a run that is not there' {
        { Resume-ScalarRestore 20260304-021507-7f3c -Confirm:$false } | Should -Throw -ErrorId "*,$class"
    }

    It 'takes a run up by id, in another process' {
        $point = Get-WorldPoint $world
        $run = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
        # Nothing was interrupted yet.
        ($run | Resume-ScalarRestore -Confirm:$false).Phase | Should -Be 'Stopped'
        Invoke-RestoreAndStop $run $point
        $before = Get-WorldState
        (Resume-ScalarRestore $run.RunId -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
        $fresh = Invoke-Fresh "'{0}' -f (Resume-ScalarRestore $($run.RunId) -Force -Confirm:`$false).Phase"
        $fresh.Output.Trim() | Should -Match 'Restored$'
        ($run | Get-ScalarRestoreRun).Databases.Tables.Verified | Should -Not -Contain $false
    }
}
