# Accounts of Cosmos DB. The commands run in a process of their own: .NET reads SSL_CERT_FILE, by which it trusts the sandbox, only as it begins.
BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World -Database cosmosdb

    # Asked past the module.
    function Get-AccountKey {
        param([string] $ResourceId)
        $token = (Invoke-RestMethod -Method Post $env:MSI_ENDPOINT -Headers @{ Metadata = 'true' } -Body @{ resource = $env:SCALARRESTORE_ARM_AUDIENCE }).access_token
        $address = "$($env:SCALARRESTORE_ARM_ENDPOINT.TrimEnd('/'))$ResourceId/listKeys?api-version=2025-10-15"
        (Invoke-RestMethod -Method Post $address -Headers @{ Authorization = "Bearer $token" } -SkipCertificateCheck).primaryMasterKey
    }
}

AfterAll {
    Close-World $world
}

Describe 'The pipeline for accounts of Cosmos DB' {
    It 'restores by a managed identity and hands the new keys on without showing them' {
        $fresh = Invoke-Fresh @"
            `$VerbosePreference = `$InformationPreference = 'Continue'
            `$before = Get-ScalarWorkload -Namespace $($world.namespace)
            `$found = `$before | Get-ScalarDatabase -AzureCredential ManagedIdentity
            `$stopped = `$before | Stop-ScalarWorkload -Engine record
            `$plan = (`$stopped | Restore-ScalarDatabase -RestoreTime $($world.pauseStartMs) -AzureCredential ManagedIdentity -PlanOnly).Plan
            `$restored = `$stopped | Restore-ScalarDatabase -RestoreTime $($world.pauseStartMs) -AzureCredential ManagedIdentity -ApprovePlan `$plan.Digest -Confirm:`$false
            `$repaired = `$restored | Repair-ScalarSchema -Method Copy
            `$updated = `$repaired | Update-ScalarValues -FromRelease -UpdateSecret -PassThru
            `$end = `$updated | Start-ScalarWorkload -StableFor 10
            `$end | Format-List *
            `$after = Get-ScalarWorkload -Namespace $($world.namespace)
            `$identity = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'Azure.Identity' }
            'RESULT ' + (ConvertTo-Json -Compress -Depth 5 @{
                Phase = "`$(`$end.Phase)"; Ready = @(`$after.ReadyReplicas); ReadyBefore = @(`$before.ReadyReplicas); Points = @(`$after.Storages.ContactPoints)
                Kinds = @(`$found.Kind | ForEach-Object { "`$_" }); Old = @(`$found.ResourceId); New = @(`$end.Databases.NewResourceId); Endpoints = @(`$end.Databases.Endpoints.New)
                Contexts = @(`$identity | ForEach-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name })
            })
"@
        $fresh.ExitCode | Should -Be 0 -Because $fresh.Output
        $result = ($fresh.Output -split "`n" | Where-Object { $_ -like 'RESULT *' }) -replace '^RESULT ' | ConvertFrom-Json
        $result.Phase | Should -Be 'Started'
        $result.Ready | Should -Be $result.ReadyBefore
        $result.Kinds | Select-Object -Unique | Should -Be 'CosmosDB'
        $result.Points | Sort-Object | Should -Be ($result.Endpoints | Sort-Object)
        $fresh.Output | Should -Match 'all \d+ containers that ScalarDB writes into have their stored procedure'
        $result.Contexts | Should -Be 'ScalarRestore.Engine'

        $new = @($result.New | ForEach-Object { Get-AccountKey $_ })
        $keys = $new + @($result.Old | ForEach-Object { Get-AccountKey $_ })
        $keys.Count | Should -BeGreaterThan 2
        $journals = Get-ChildItem $env:XDG_DATA_HOME -Recurse -File | Get-Content -Raw
        $journals | Should -Not -BeNullOrEmpty
        foreach ($key in $keys) {
            "$($fresh.Output)$journals".Contains($key) | Should -BeFalse
        }
    }

    It 'is refused to a tenant that it does not belong to, before anything is made' {
        $fresh = Invoke-Fresh @"
            `$token = (Invoke-RestMethod -Method Post `$env:MSI_ENDPOINT -Headers @{ Metadata = 'true' } -Body @{ resource = `$env:SCALARRESTORE_ARM_AUDIENCE }).access_token
            try {
                `$null = Get-ScalarWorkload -Namespace $($world.namespace) |
                    Get-ScalarDatabase -AccessToken (ConvertTo-SecureString `$token -AsPlainText -Force) -TenantId 11111111-2222-4333-8444-555555555555
            } catch { `$_.FullyQualifiedErrorId }
"@
        $fresh.Output | Should -BeLike '*AzureTenantWrong,ScalarRestore.Cmdlets.Commands.GetScalarDatabaseCommand*'
    }
}
