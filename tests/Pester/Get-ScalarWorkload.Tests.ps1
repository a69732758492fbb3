BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World ledger
}

AfterAll {
    Close-World $world
}

Describe 'Get-ScalarWorkload' {
    It 'keeps its parameters' {
        Compare-Parameter Get-ScalarWorkload 'Name', 'Namespace', 'AllNamespaces', 'Product', 'KubeConfig', 'Context', 'AllowExecPlugin' | Should -BeNullOrEmpty
    }

    It 'finds all, by name, by wildcard, by pipe and by product' {
        (Get-ScalarWorkload -Namespace $world.namespace).Name | Sort-Object | Should -Be 'auditor', 'ledger'
        (Get-ScalarWorkload ledger -Namespace $world.namespace).Product | Should -Be 'Ledger'
        (Get-ScalarWorkload 'aud*' -Namespace $world.namespace).Name | Should -Be 'auditor'
        ('ledger', 'auditor' | Get-ScalarWorkload -Namespace $world.namespace).Name | Should -Be 'ledger', 'auditor'
        (Get-ScalarWorkload -AllNamespaces -Product Auditor).Name | Should -Be 'auditor'
    }

    It 'takes the kubeconfig by its path in the session' {
        Push-Location (Split-Path $env:KUBECONFIG)
        $saved = $env:KUBECONFIG
        try {
            $env:KUBECONFIG = $null
            (Get-ScalarWorkload ledger -KubeConfig ./kubeconfig -Namespace $world.namespace).ReadyReplicas | Should -Be 3
        }
        finally {
            $env:KUBECONFIG = $saved
            Pop-Location
        }
    }

    It 'fails for a name that is not there, with the name as target' {
        { Get-ScalarWorkload nobody -Namespace $world.namespace } | Should -Throw -ErrorId '*,ScalarRestore.Cmdlets.Commands.GetScalarWorkloadCommand'
        try { Get-ScalarWorkload nobody -Namespace $world.namespace } catch { $caught = $_ }
        $caught.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'fails for a context that is not there' {
        { Get-ScalarWorkload -Context nowhere } | Should -Throw -ErrorId '*,ScalarRestore.Cmdlets.Commands.GetScalarWorkloadCommand'
    }

    It 'goes on after Select-Object -First 1' {
        @(Get-ScalarWorkload -Namespace $world.namespace | Select-Object -First 1).Count | Should -Be 1
        @(Get-ScalarWorkload -Namespace $world.namespace).Count | Should -Be 2
    }

    It 'shows no secret' {
        $text = Get-ScalarWorkload -Namespace $world.namespace | ConvertTo-Json -Depth 8
        $text | Should -Not -Match ([regex]::Escape($env:AWS_SECRET_ACCESS_KEY))
    }

    It 'fits 80 columns' {
        Get-ScalarWorkload -Namespace $world.namespace | Out-String -Width 80 -Stream | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }
}
