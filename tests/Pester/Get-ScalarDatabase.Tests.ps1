BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World ledger
}

AfterAll {
    Close-World $world
}

Describe 'Get-ScalarDatabase' {
    It 'keeps its parameters' {
        Compare-Parameter Get-ScalarDatabase ($azureParameters + 'InputObject', 'Run', 'TableName', 'SchemaFile', 'DatabaseIdentifier', 'NamespacePrefix', 'ProfileName', 'Region') | Should -BeNullOrEmpty
    }

    It 'finds the tables of workloads by pipe and by argument' {
        $workloads = Get-ScalarWorkload -Namespace $world.namespace
        $piped = $workloads | Get-ScalarDatabase
        $piped.Tables.Name | Sort-Object | Should -Be ($world.tables | Sort-Object)
        (Get-ScalarDatabase -InputObject $workloads).Tables.Count | Should -Be $piped.Tables.Count
        $piped.Tables.PointInTimeRecovery | Should -Not -Contain $false
    }

    It 'finds tables by their names' {
        (Get-ScalarDatabase -TableName $world.tables[0]).Tables.Name | Should -Be $world.tables[0]
    }

    It 'says nothing without input' {
        @() | Get-ScalarDatabase | Should -BeNullOrEmpty
    }

    It 'names what is wrong with a table that is not there' {
        (Get-ScalarDatabase -TableName no_such_table).Tables[0].Faults | Should -Not -BeNullOrEmpty
    }

    It 'fails for a schema file that is not there' {
        { Get-ScalarDatabase -SchemaFile ./no-such.json } | Should -Throw -ErrorId 'PathNotFound,ScalarRestore.Cmdlets.Commands.GetScalarDatabaseCommand'
    }
}
