# Databases of RDS and Aurora: Ledger on an Aurora cluster and Auditor on an RDS instance, in one run.
BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World -Database mixed
    $point = Get-WorldPoint $world
}

AfterAll {
    Close-World $world
}

Describe 'Databases behind JDBC URLs' {
    It 'are found with their window, and fit 80 columns' {
        $databases = Get-ScalarWorkload -Namespace $world.namespace | Get-ScalarDatabase
        $databases.Kind | Sort-Object | Should -Be 'RDS', 'Aurora'
        $databases.Status | Should -Be 'available', 'available'
        $databases.EarliestRestorableTime | Should -Not -Contain $null
        foreach ($view in ($databases | Out-String -Width 80 -Stream), ($databases | Format-List | Out-String -Width 80 -Stream)) {
            $view | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
        }
        (Get-ScalarDatabase -DatabaseIdentifier $databases[0].Identifier).Arn | Should -Be $databases[0].Arn
        { Get-ScalarDatabase -DatabaseIdentifier nowhere } | Should -Throw -ErrorId 'DatabaseNotFound,ScalarRestore.Cmdlets.Commands.GetScalarDatabaseCommand'
    }
}

Describe 'The pipeline for Ledger on Aurora and Auditor on RDS' {
    It 'looks without a change, restores, and points the pods at what was restored' {
        $before = Get-ScalarWorkload -Namespace $world.namespace
        $stopped = $before | Stop-ScalarWorkload -Engine record
        $state = Get-WorldState
        $plan = ($stopped | Restore-ScalarDatabase -RestoreTime $point -PlanOnly).Plan
        $plan.Steps.Key | Where-Object { $_ -like '*-restore:*' } | Should -HaveCount 2
        $null = $stopped | Restore-ScalarDatabase -RestoreTime $point -WhatIf 6>&1
        Get-WorldState | Should -BeExactly $state

        $restored = $stopped | Restore-ScalarDatabase -RestoreTime $point -ApprovePlan $plan.Digest -Confirm:$false
        $restored.Databases.Verified | Should -Be $true, $true
        $restored.Databases.Endpoints.Count | Should -BeGreaterThan 1
        $views = @($restored.Databases | Out-String -Width 80 -Stream) + @($restored.Databases | Format-List | Out-String -Width 80 -Stream)
        $views | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty

        $end = $restored | Update-ScalarValues -FromRelease | Start-ScalarWorkload -StableFor 10
        $end.Phase | Should -Be 'Started'
        $end.Outcome | Should -BeIn 'Succeeded', 'SucceededWithWarnings'
        $after = Get-ScalarWorkload -Namespace $world.namespace
        $after.ReadyReplicas | Should -Be $before.ReadyReplicas
        $new = $end.Databases.Endpoints.New
        foreach ($storage in $after.Storages) {
            $new | Where-Object { $storage.ContactPoints -like "*//$_/*" } | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'Restored databases that take the names of the old ones' {
    BeforeAll {
        $second = Open-World -Database mixed
        $time = Get-WorldPoint $second
    }

    AfterAll {
        Close-World $second
    }

    It 'keep the values as they are, by a pipeline that is the same' {
        $before = Get-ScalarWorkload -Namespace $second.namespace
        $old = $before | Get-ScalarDatabase
        $restored = $before | Stop-ScalarWorkload -Engine record | Restore-ScalarDatabase -RestoreTime $time -KeepIdentifier -Confirm:$false
        $restored.Databases.Identifier | Sort-Object | Should -Be ($old.Identifier | Sort-Object)
        $restored.Databases.NewIdentifier | Sort-Object | Should -Be ($old.Identifier | Sort-Object)

        $end = $restored | Update-ScalarValues -FromRelease | Start-ScalarWorkload -StableFor 10
        $end.Phase | Should -Be 'Started'
        $after = Get-ScalarWorkload -Namespace $second.namespace
        $after.ReadyReplicas | Should -Be $before.ReadyReplicas
        $after.Storages.ContactPoints | Should -Be $before.Storages.ContactPoints
        foreach ($database in $old) {
            $now = Get-ScalarDatabase -DatabaseIdentifier $database.Identifier
            $now.Endpoints[0] | Should -Be $database.Endpoints[0]
            (Get-ScalarDatabase -DatabaseIdentifier "$($database.Identifier)-before-$($end.RunId)").Status | Should -Be 'available'
        }
    }
}
