BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World server
    $stopped = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
    $class = 'ScalarRestore.Cmdlets.Commands.StartScalarWorkloadCommand'
}

AfterAll {
    Close-World $world
}

Describe 'Start-ScalarWorkload' {
    It 'keeps its parameters' {
        Compare-Parameter Start-ScalarWorkload ($azureParameters + 'Run', 'StableFor', 'Timeout', 'Abandon', 'AccountKey', 'WhatIf', 'Confirm') | Should -BeNullOrEmpty
    }

    It 'never starts a run whose databases are not restored' {
        $before = Get-WorldState
        { $stopped | Start-ScalarWorkload } | Should -Throw -ErrorId "*,$class"
        Get-WorldState | Should -BeExactly $before
    }

    It 'starts nothing when the step before it failed' {
        { $stopped | Update-ScalarValues | Start-ScalarWorkload } | Should -Throw
        (Get-ScalarWorkload -Namespace $world.namespace).Pods | Should -Be 0
    }

    It 'shows what giving up would start' {
        $before = Get-WorldState
        ($stopped | Start-ScalarWorkload -Abandon -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
    }

    It 'changes nothing under -WhatIf, and brings back the old replica counts' {
        $ready = $stopped | Restore-ScalarDatabase -RestoreTime (Get-WorldPoint $world) -Force -Confirm:$false | Update-ScalarValues
        $before = Get-WorldState
        ($ready | Start-ScalarWorkload -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
        $started = Start-ScalarWorkload -Run $ready -StableFor 10
        $started.Phase | Should -Be 'Started'
        $started.Outcome | Should -BeIn 'Succeeded', 'SucceededWithWarnings'
        (Get-ScalarWorkload -Namespace $world.namespace).ReadyReplicas | Should -Be $started.Workloads[0].OriginalReplicas
    }
}
