BeforeAll {
    . $PSScriptRoot/common.ps1
    $class = 'ScalarRestore.Cmdlets.Commands.UpdateScalarValuesCommand'
    $old = 'old-db.cluster-c1.eu-west-1.rds.amazonaws.com'
    $new = 'restored-db.cluster-c1.eu-west-1.rds.amazonaws.com'
    $moved = @{ OldEndpoint = $old; NewEndpoint = $new }

    function Write-ValuesFile {
        param([string] $Name = 'values.yaml', [string] $Root = 'ledger', [string] $Key = 'ledgerProperties', [string] $Url = "jdbc:mysql://${old}:3306/app")
        $file = Join-Path (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory) $Name
        [IO.File]::WriteAllText($file, "# ours`n${Root}:`n  ${Key}: |`n    scalar.db.storage=jdbc`n    scalar.db.contact_points=$Url`n    scalar.db.password=canary-pw`n")
        $file
    }
}

Describe 'Update-ScalarValues' {
    It 'keeps its parameters' {
        $expected = $azureParameters + @(
            'Run', 'Path', 'LiteralPath', 'FromRelease', 'OldEndpoint', 'NewEndpoint', 'Name', 'UpdateSecret', 'AccountKey', 'Namespace'
            'KubeConfig', 'Context', 'AllowExecPlugin', 'PassThru', 'WhatIf', 'Confirm'
        )
        Compare-Parameter Update-ScalarValues $expected | Should -BeNullOrEmpty
    }
}

Describe 'Update-ScalarValues of files by themselves' {
    It 'edits a file, and says so only when asked' {
        $file = Write-ValuesFile
        $before = Get-Content -Raw $file
        Update-ScalarValues $file @moved | Should -BeNullOrEmpty
        Get-Content -Raw $file | Should -BeExactly $before.Replace("//${old}:", "//${new}:")

        $again = Update-ScalarValues -Path $file @moved -PassThru
        $again | Should -BeOfType ScalarRestore.Contracts.ValuesChange
        $again.State | Should -Be 'Unchanged'
        $again.Diff | Should -BeNullOrEmpty
    }

    It 'takes wildcards, literal paths and files by pipe, together and in their order' {
        $file = Write-ValuesFile 'a[1].yaml'
        { Update-ScalarValues $file @moved } | Should -Throw -ErrorId "PathNotFound,$class"
        (Update-ScalarValues -LiteralPath $file @moved -PassThru).State | Should -Be 'Changed'

        $ledger = Write-ValuesFile 'ledger.yaml'
        $folder = Split-Path $ledger
        $auditor = Join-Path $folder 'auditor.yaml'
        [IO.File]::WriteAllText($auditor, (Get-Content -Raw $ledger).Replace('ledger', 'auditor'))
        (Update-ScalarValues "$folder/*.yaml" @moved -PassThru).State | Should -Be 'Changed', 'Changed'

        $base = Write-ValuesFile 'base.yaml'
        $over = Join-Path (Split-Path $base) 'over.yaml'
        Copy-Item $base $over
        $changes = Get-Item $base, $over | Update-ScalarValues @moved -PassThru
        $changes.Path | Should -Be $base, $over
        $changes.State | Should -Be 'Unchanged', 'Changed'
    }

    It 'shows a diff of at most 80 columns, without secrets, and changes nothing under -WhatIf' {
        $file = Write-ValuesFile
        $before = Get-Content -Raw $file
        $change = Update-ScalarValues $file @moved -WhatIf
        Get-Content -Raw $file | Should -BeExactly $before
        $change.State | Should -Be 'Planned'
        $change.Edits[0].Line | Should -Be 5
        $change.Edits[0].New | Should -Be "${new}:3306"
        $change.Diff | Should -Match '(?m)^-    scalar\.db\.contact_points=jdbc:mysql://old-db'
        $change.Diff | Should -Match '(?m)^\+    scalar\.db\.contact_points=jdbc:mysql://restored-db'
        $change.Diff | Should -Not -Match 'canary'
        $lines = [ScalarRestore.Cmdlets.Views.ValuesChangeView]::Lines($change, 80) -replace '\x1b\[\d+m'
        $lines | Where-Object { $_.Length -ge 80 -and $_ -notmatch '^File ' } | Should -BeNullOrEmpty
        ($change | Out-String -Width 80) | Should -Match ([regex]::Escape($new))
    }

    It 'refuses what it cannot do, names the place, and leaves the file' -ForEach @(
        @{ Id = 'EndpointNotFound'; From = 'elsewhere.example.com'; To = 'x.example.com' }
        @{ Id = 'EndpointInvalid'; From = 'not a host'; To = 'x' }
        @{ Id = 'EndpointsOverlap'; From = 'a', 'b'; To = 'b', 'c' }
        @{ Id = 'EndpointPairs'; From = 'a', 'b'; To = 'c' }
    ) {
        $file = Write-ValuesFile
        $before = Get-Content -Raw $file
        $fault = { Update-ScalarValues $file -OldEndpoint $From -NewEndpoint $To } | Should -Throw -ErrorId "$Id,$class" -PassThru
        if ($Id -eq 'EndpointNotFound') { $fault.Exception.Message | Should -Match 'values\.yaml, line 5, column 43' }
        $fault.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $fault | Out-String | Should -Not -Match 'canary'
        Get-Content -Raw $file | Should -BeExactly $before
    }

    It 'needs to be told what to change' {
        { Update-ScalarValues (Write-ValuesFile) } | Should -Throw -ErrorId "EndpointMissing,$class"
        { Update-ScalarValues @moved } | Should -Throw -ErrorId "PathMissing,$class"
        @() | Update-ScalarValues @moved | Should -BeNullOrEmpty
    }

    It 'leaves a read-only file alone' {
        $file = Write-ValuesFile
        Set-ItemProperty -Path $file -Name IsReadOnly -Value $true
        { Update-ScalarValues $file @moved } | Should -Throw -ErrorId "FileReadOnly,$class"
        Set-ItemProperty -Path $file -Name IsReadOnly -Value $false
    }
}

Describe 'The pipeline over JDBC by <Engine>' -ForEach @(@{ Engine = 'Record' }, @{ Engine = 'Helm' }) {
    BeforeAll {
        $tools = Join-Path (Split-Path $PSScriptRoot) 'tools/node_modules/.bin'
        $charts = Join-Path (Split-Path $PSScriptRoot) 'data/charts'
        $helm = (Get-Command helm, (Join-Path $tools 'helm') -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
        if ($helm) { $world = Open-World server ($Engine.ToLowerInvariant()) }
    }

    AfterAll {
        if ($helm) { Close-World $world }
    }

    It 'points the pods at the restored database, from the <Source>' -ForEach @(@{ Source = 'file' }, @{ Source = 'release' }) {
        if (-not $helm) {
            Set-ItResult -Skipped -Because 'helm is not installed'
            return
        }
        $file = Write-ValuesFile
        & $helm install $Source (Join-Path $charts 'scalardl') -n $world.namespace -f $file --wait --timeout 2m 2>&1 | Should -Not -Match 'Error'
        $how = if ($Source -eq 'file') { @{ Path = $file } } else { @{ FromRelease = $true } }

        $stopped = Get-ScalarWorkload $Source -Namespace $world.namespace | Stop-ScalarWorkload -Engine $Engine -ChartSource $charts
        $look = $stopped | Update-ScalarValues @how @moved -WhatIf 6>&1
        $look[-1].NotExecuted | Should -BeTrue
        ($look | Out-String) | Should -Match '\+    scalar\.db\.contact_points=jdbc:mysql://restored-db'
        ($look | Out-String) | Should -Not -Match 'canary'
        Get-Content -Raw $file | Should -Match ([regex]::Escape("//$old"))

        $end = $stopped | Update-ScalarValues @how @moved -WarningAction SilentlyContinue | Start-ScalarWorkload -StableFor 10 -WarningAction SilentlyContinue
        $end.Phase | Should -Be 'Started'
        $end.Values.Count | Should -Be 1
        (Get-ScalarRestoreRun $end.RunId).Values[0].Edits[0].New | Should -Be "${new}:3306"
        (Get-ScalarWorkload $Source -Namespace $world.namespace).Storages.ContactPoints | Should -Be "jdbc:mysql://${new}:3306/app"
        $values = & $helm get values $Source -n $world.namespace -o json | ConvertFrom-Json
        $values.ledger.ledgerProperties | Should -Match ([regex]::Escape("//${new}:"))
        if ($Source -eq 'file') { Get-Content -Raw $file | Should -Match ([regex]::Escape("//${new}:")) }
        Get-Content -Raw $end.JournalPath | Should -Not -Match 'canary'
    }
}

Describe 'Update-ScalarValues of a run' {
    BeforeAll {
        $world = Open-World server
        $stopped = Get-ScalarWorkload -Namespace $world.namespace | Stop-ScalarWorkload -Engine Record
    }

    AfterAll {
        Close-World $world
    }

    It 'refuses a run that is not restored' {
        { $stopped | Update-ScalarValues } | Should -Throw -ErrorId "WrongPhase,$class"
        { Update-ScalarValues -Run $stopped } | Should -Throw -ErrorId "WrongPhase,$class"
    }

    It 'fails for a file that is not there, before anything else' {
        { $stopped | Update-ScalarValues ./no-such.yaml } | Should -Throw -ErrorId "PathNotFound,$class"
        { $stopped | Update-ScalarValues Env:PATH } | Should -Throw -ErrorId "PathNotFileSystem,$class"
    }

    It 'refuses an endpoint that no workload uses' {
        { $stopped | Update-ScalarValues -FromRelease @moved } | Should -Throw -ErrorId "EndpointNotFound,$class"
        { $stopped | Update-ScalarValues (Write-ValuesFile) @moved } | Should -Throw -ErrorId "EndpointNotFound,$class"
    }

    It 'takes a restored run on, by pipe, and changes nothing under -WhatIf' {
        $restored = $stopped | Restore-ScalarDatabase -RestoreTime (Get-WorldPoint $world) -Force -Confirm:$false
        $before = Get-WorldState
        ($restored | Update-ScalarValues -WhatIf).NotExecuted | Should -BeTrue
        Get-WorldState | Should -BeExactly $before
        ($restored | Update-ScalarValues).Phase | Should -Be 'ValuesUpdated'
    }
}
