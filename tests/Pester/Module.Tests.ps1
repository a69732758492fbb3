BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile $env:SCALARRESTORE_MODULE).CmdletsToExport | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $env:SCALARRESTORE_MODULE).Name | Should -Be 'ScalarRestore'
    }

    It 'exports what the manifest lists' {
        $listed = (Import-PowerShellDataFile $env:SCALARRESTORE_MODULE).CmdletsToExport
        Compare-Object $listed (Get-Command -Module ScalarRestore).Name | Should -BeNullOrEmpty
    }

    It 'loads no engine and no SDK on import, for help and for completion' {
        $fresh = Invoke-Fresh @'
$null = Get-Help Get-ScalarWorkload -Full
$null = TabExpansion2 'Get-ScalarWorkload -Context '
[AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -match '^ScalarRestore|^AWSSDK|^YamlDotNet|^Azure' } | Sort-Object
'@
        $fresh.Output | Should -Not -Match 'Engine|AWSSDK|YamlDotNet|Azure'
        $fresh.Output | Should -Match 'ScalarRestore.Cmdlets'
    }

    It 'is found by its name when its folder is in PSModulePath' {
        $parent = Split-Path (Split-Path $env:SCALARRESTORE_MODULE)
        if ((Split-Path $parent -Leaf) -eq 'ScalarRestore') { $parent = Split-Path $parent }
        $pwsh = (Get-Process -Id $PID).Path
        & $pwsh -NoProfile -NonInteractive -Command "`$env:PSModulePath = '$parent'; (Get-ScalarRestorePoint -PauseStart 2026-03-04T02:15:02Z -PauseEnd 2026-03-04T02:15:12Z).ToString()" |
            Should -Be '2026-03-04T02:15:07Z'
    }

    It 'keeps its SDKs to itself' {
        $null = Get-ScalarRestorePoint -PauseStart 2026-03-04T02:15:02Z -PauseEnd 2026-03-04T02:15:12Z
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name | Should -Not -Contain 'ScalarRestore.Engine'
    }
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has a synopsis, a description, notes and outputs' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match '<CommonParameters>' -Because 'that would be the help that PowerShell makes up'
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.alertSet | Should -Not -BeNullOrEmpty
        $help.returnValues | Should -Not -BeNullOrEmpty
    }

    It 'has three examples at least' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
    }

    It 'describes every parameter' {
        $described = @($help.parameters.parameter | Where-Object { $_.description.Text }).name
        Compare-Object (Get-OwnParameter $Name | Where-Object { $_ -notin 'WhatIf', 'Confirm' }) ($described | Where-Object { $_ -notin 'WhatIf', 'Confirm' }) | Should -BeNullOrEmpty
    }

    It 'declares its output' {
        (Get-Command $Name).OutputType.Name | Should -Match '^ScalarRestore\.Contracts\.'
    }

    It 'uses approved verbs and at most four positions' {
        (Get-Command $Name).Verb | Should -BeIn (Get-Verb).Verb
        @((Get-Command $Name).ParameterSets.Parameters | Where-Object Position -ge 0 | Select-Object -ExpandProperty Name -Unique).Count | Should -BeLessOrEqual 4
    }
}
