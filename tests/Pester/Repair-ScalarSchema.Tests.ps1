BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World server
    $stopped = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
    $class = 'ScalarRestore.Cmdlets.Commands.RepairScalarSchemaCommand'
}

AfterAll {
    Close-World $world
}

Describe 'Repair-ScalarSchema' {
    It 'keeps its parameters' {
        $own = 'Run', 'Method', 'SchemaLoaderPath', 'ConfigPath', 'SchemaFile', 'SkipCoordinator', 'Timeout', 'WhatIf', 'Confirm'
        Compare-Parameter Repair-ScalarSchema ($azureParameters + $own) | Should -BeNullOrEmpty
    }

    It 'asks for the way instead of guessing one' {
        (Invoke-Fresh "Get-ScalarRestoreRun $($stopped.RunId) | Repair-ScalarSchema; 'went on'").Output | Should -Match 'Method'
    }

    It 'refuses a run that is not restored' {
        { $stopped | Repair-ScalarSchema Copy } | Should -Throw -ErrorId "WrongPhase,$class"
    }

    It 'completes its methods' {
        (TabExpansion2 'Repair-ScalarSchema -Method ').CompletionMatches.CompletionText | Should -Be 'Copy', 'Loader'
    }

    It 'says that a restore of tables leaves nothing to repair, and leaves the run where it is' {
        $restored = $stopped | Restore-ScalarDatabase -RestoreTime (Get-WorldPoint $world) -Force -Confirm:$false -WarningAction SilentlyContinue
        { $restored | Repair-ScalarSchema Copy } | Should -Throw -ErrorId "NothingToRepair,$class"
        (Get-ScalarRestoreRun $restored.RunId).Phase | Should -Be 'Restored'
    }
}
