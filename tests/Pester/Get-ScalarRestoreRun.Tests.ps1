BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World server
    $class = 'ScalarRestore.Cmdlets.Commands.GetScalarRestoreRunCommand'
}

AfterAll {
    Close-World $world
}

Describe 'Get-ScalarRestoreRun' {
    It 'keeps its parameters' {
        Compare-Parameter Get-ScalarRestoreRun 'RunId', 'JournalPath', 'KubeConfig', 'Context', 'AllowExecPlugin' | Should -BeNullOrEmpty
    }

    It 'finds nothing where nothing was run, and fails for an id that is not there' {
        Get-ScalarRestoreRun | Should -BeNullOrEmpty
        { Get-ScalarRestoreRun 20260304-021507-7f3c } | Should -Throw -ErrorId "*,$class"
    }

    It 'finds a run by id, by wildcard, by journal and by pipe; also in the cluster' {
        $place = "configmap:$($world.namespace)"
        $run = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record -JournalPath $place
        (Get-ScalarRestoreRun -JournalPath $place).RunId | Should -Be $run.RunId
        (Get-ScalarRestoreRun $run.RunId -JournalPath $place).Phase | Should -Be 'Stopped'
        (Get-ScalarRestoreRun '20*' -JournalPath $place).RunId | Should -Be $run.RunId
        ($run | Get-ScalarRestoreRun).RunId | Should -Be $run.RunId
        Get-ScalarRestoreRun | Should -BeNullOrEmpty
    }

    It 'fits 80 columns, as list and as table' {
        $run = Get-ScalarRestoreRun -JournalPath "configmap:$($world.namespace)"
        foreach ($text in ($run | Out-String -Width 80), ($run | Format-Table | Out-String -Width 80)) {
            $text -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        }
    }
}
