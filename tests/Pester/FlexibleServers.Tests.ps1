# Azure Database for MySQL: Ledger and Auditor, each on a flexible server. Each part is a process of its own, since the authorities that
# Azure's libraries trust are read once for each process.
BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World -Database mysql
    $point = Get-WorldPoint $world
}

AfterAll {
    Close-World $world
}

Describe 'Flexible servers of Azure' {
    It 'are found with their window by host and by resource id, and fit 80 columns' {
        $said = Invoke-Fresh @"
            `$found = Get-ScalarWorkload -Namespace $($world.namespace) | Get-ScalarDatabase
            `$byId = Get-ScalarDatabase -DatabaseIdentifier `$found[0].ResourceId
            `$views = @(`$found | Out-String -Width 80 -Stream) + @(`$found | Format-List | Out-String -Width 80 -Stream)
            [ordered]@{
                kinds = @(`$found.Kind | ForEach-Object ToString); states = `$found.Status; faults = @(`$found | Where-Object Faults).Count
                same = `$byId.ResourceId -eq `$found[0].ResourceId; window = `$found[0].EarliestRestorableTime -lt `$found[0].LatestRestorableTime
                wide = @(`$views | Where-Object Length -gt 80).Count; shown = (`$found | Out-String -Width 80) -match '(?m)^MySQL +'
            } | ConvertTo-Json -Compress
"@
        $said.ExitCode | Should -Be 0 -Because $said.Output
        $said.Output.Trim() | Should -BeExactly '{"kinds":["AzureMySQL","AzureMySQL"],"states":["Ready","Ready"],"faults":0,"same":true,"window":true,"wide":0,"shown":true}'
    }

    It 'are refused with what to do where they are not there or of a kind that is not restored' {
        $script = 'try {{ Get-ScalarDatabase -DatabaseIdentifier {0} }} catch {{ $_.FullyQualifiedErrorId }}'
        $id = '/subscriptions/{0}/resourceGroups/none/providers/{1}'
        $subscription = ((Get-WorldState | ConvertFrom-Json).azure.subscription)
        (Invoke-Fresh ($script -f ($id -f $subscription, 'Microsoft.DBforMySQL/flexibleServers/none'))).Output | Should -Match '^DatabaseNotFound,'
        (Invoke-Fresh ($script -f ($id -f $subscription, 'Microsoft.DBforMySQL/servers/old'))).Output | Should -Match '^DatabaseRetired,'
        (Invoke-Fresh ($script -f ($id -f $subscription, 'Microsoft.Sql/servers/other'))).Output | Should -Match '^DatabaseIdentifierUnknown,'
    }

    It 'are looked at without a change, restored, and named by the pods' {
        $journal = Join-Path $TestDrive journal
        $stop = "Get-ScalarWorkload -Namespace $($world.namespace) | Stop-ScalarWorkload -Engine record -JournalPath '$journal'"
        (Invoke-Fresh "`$null = $stop").ExitCode | Should -Be 0
        $state = Get-WorldState
        $run = "Get-ScalarRestoreRun -JournalPath '$journal'"
        $restore = "Restore-ScalarDatabase -RestoreTime '$($point.RestoreTime.UtcDateTime.ToString('o'))'"
        $plan = Invoke-Fresh "`$null = $run | $restore -WhatIf 6>&1; ($run | $restore -PlanOnly).Plan.Digest"
        $plan.ExitCode | Should -Be 0 -Because $plan.Output
        $plan.Output | Should -Match '(?m)^[0-9a-f]{64}\s*$'
        $digest = [regex]::Match($plan.Output, '(?m)^[0-9a-f]{64}').Value
        Get-WorldState | Should -BeExactly $state

        $done = Invoke-Fresh @"
            `$restored = $run | $restore -ApprovePlan $digest -Confirm:`$false
            `$end = `$restored | Update-ScalarValues -FromRelease | Start-ScalarWorkload -StableFor 10
            `$points = (Get-ScalarWorkload -Namespace $($world.namespace)).Storages.ContactPoints
            [ordered]@{
                verified = `$end.Databases.Verified; phase = "`$(`$end.Phase)"
                used = @(`$points | Where-Object { `$url = `$_; `$end.Databases.Endpoints.New | Where-Object { `$url -like "*//`$_*" } }).Count
            } | ConvertTo-Json -Compress
"@
        $done.ExitCode | Should -Be 0 -Because $done.Output
        $done.Output | Should -Match ([regex]::Escape('{"verified":[true,true],"phase":"Started","used":2}'))
        Get-ChildItem $journal -Recurse -File | Get-Content -Raw | Should -Not -Match 'sig-canary'
    }
}
