# The whole procedure, one line of PowerShell, on a world of its own for each engine.
BeforeDiscovery {
    $cases = @(
        @{ Workloads = 'server'; Engine = 'record' }
        @{ Workloads = 'server'; Engine = 'helm' }
        @{ Workloads = 'ledger'; Engine = 'record' }
        @{ Workloads = 'ledger'; Engine = 'helm' }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $tools = Join-Path (Split-Path $PSScriptRoot) 'tools/node_modules'
    $hasHelm = [bool](Get-Command helm -CommandType Application -ErrorAction Ignore) -or (Test-Path $tools)
}

Describe 'The pipeline for <Workloads> by <Engine>' -ForEach $cases {
    It 'restores everything and brings every pod back' {
        if ($Engine -eq 'helm' -and -not $hasHelm) {
            Set-ItResult -Skipped -Because 'helm is not installed'
            return
        }
        $world = Open-World $Workloads $Engine
        try {
            $how = @{ Engine = $Engine }
            if ($Engine -eq 'helm') { $how['ChartSource'] = $world.charts }
            $before = Get-ScalarWorkload -Namespace $world.namespace
            $end = $before |
                Stop-ScalarWorkload @how |
                Restore-ScalarDatabase -RestoreTime (Get-WorldPoint $world) -Force -Confirm:$false |
                Update-ScalarValues |
                Start-ScalarWorkload -StableFor 10
            $end.Phase | Should -Be 'Started'
            $end.Outcome | Should -BeIn 'Succeeded', 'SucceededWithWarnings'
            $end.NextCommand | Should -BeNullOrEmpty
            $end.Workloads.Engine | Select-Object -Unique | Should -Be $Engine
            $end.Databases.Tables.Name | Sort-Object | Should -Be ($world.tables | Sort-Object)
            $end.Databases.Tables.Verified | Should -Not -Contain $false
            (Get-ScalarWorkload -Namespace $world.namespace).ReadyReplicas | Should -Be $before.ReadyReplicas
        }
        finally {
            Close-World $world
        }
    }
}
