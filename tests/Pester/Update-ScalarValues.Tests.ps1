BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World server
    $stopped = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
    $class = 'ScalarRestore.Cmdlets.Commands.UpdateScalarValuesCommand'
}

AfterAll {
    Close-World $world
}

Describe 'Update-ScalarValues' {
    It 'keeps its parameters' {
        Compare-Parameter Update-ScalarValues 'Run', 'Path', 'LiteralPath', 'WhatIf', 'Confirm' | Should -BeNullOrEmpty
    }

    It 'refuses a run that is not restored' {
        { $stopped | Update-ScalarValues } | Should -Throw -ErrorId "*,$class"
        { Update-ScalarValues -Run $stopped } | Should -Throw -ErrorId "*,$class"
    }

    It 'fails for a file that is not there, before anything else' {
        { $stopped | Update-ScalarValues ./no-such.yaml } | Should -Throw -ErrorId "PathNotFound,$class"
        { $stopped | Update-ScalarValues Env:PATH } | Should -Throw -ErrorId "PathNotFileSystem,$class"
    }

    It 'takes a restored run on, by pipe, and changes nothing under -WhatIf' {
        $restored = $stopped | Restore-ScalarDatabase -RestoreTime (Get-WorldPoint $world) -Force -Confirm:$false
        $before = Get-WorldState
        ($restored | Update-ScalarValues -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
        ($restored | Update-ScalarValues).Phase | Should -Be 'ValuesUpdated'
    }
}
