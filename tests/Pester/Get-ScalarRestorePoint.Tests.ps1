BeforeAll {
    . $PSScriptRoot/common.ps1
    $ledger = '{"namespace":"ns","helm_release_name":"ledger","pause_start_timestamp_ms":1772590502000,"pause_end_timestamp_ms":1772590512000}'
    $auditor = '{"namespace":"ns","helm_release_name":"auditor","pause_start_timestamp_ms":1772590504000,"pause_end_timestamp_ms":1772590516000}'
    $class = 'ScalarRestore.Cmdlets.Commands.GetScalarRestorePointCommand'
}

Describe 'Get-ScalarRestorePoint' {
    It 'keeps its parameters' {
        Compare-Parameter Get-ScalarRestorePoint 'PauseStart', 'PauseEnd', 'Path', 'LiteralPath', 'InputObject' | Should -BeNullOrEmpty
    }

    It 'takes the middle of a window, whatever the offset' {
        (Get-ScalarRestorePoint -PauseStart 2026-03-04T11:15:02+09:00 -PauseEnd 2026-03-04T02:15:12Z).ToString() | Should -Be '2026-03-04T02:15:07Z'
    }

    It 'reads text by pipe, by argument and with noise around it' {
        ($ledger | Get-ScalarRestorePoint).ToString() | Should -Be '2026-03-04T02:15:07Z'
        (Get-ScalarRestorePoint -InputObject $ledger).ToString() | Should -Be '2026-03-04T02:15:07Z'
        ('a log line', $ledger, '' | Get-ScalarRestorePoint).ToString() | Should -Be '2026-03-04T02:15:07Z'
    }

    It 'intersects the windows of files, by wildcard, by literal path and by pipe' {
        $folder = New-Item (Join-Path $TestDrive 'pauses[1]') -ItemType Directory
        Set-Content -LiteralPath (Join-Path $folder '1.json') $ledger
        Set-Content -LiteralPath (Join-Path $folder '2.json') $auditor
        Push-Location -LiteralPath $folder
        try {
            (Get-ScalarRestorePoint ./*.json).ToString() | Should -Be '2026-03-04T02:15:08Z'
            (Get-ScalarRestorePoint -LiteralPath (Join-Path $folder '1.json')).ToString() | Should -Be '2026-03-04T02:15:07Z'
            $point = Get-ChildItem -LiteralPath $folder | Get-ScalarRestorePoint
            $point.ToString() | Should -Be '2026-03-04T02:15:08Z'
            $point.Sources.Count | Should -Be 2
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses a time without an offset' {
        { Get-ScalarRestorePoint -PauseStart '2026-03-04 02:15:02' -PauseEnd 2026-03-04T02:15:12Z } | Should -Throw -ErrorId "ParameterArgumentTransformationError,$class" -ExpectedMessage "*2026-03-04 02:15:02Z*"
    }

    It 'refuses a window that ends before it starts' {
        { Get-ScalarRestorePoint -PauseStart 2026-03-04T02:15:12Z -PauseEnd 2026-03-04T02:15:02Z } | Should -Throw -ErrorId "*,$class"
    }

    It 'fails for a file that is not there' {
        { Get-ScalarRestorePoint ./no-such.json } | Should -Throw -ErrorId "PathNotFound,$class"
    }

    It 'says nothing without input' {
        @() | Get-ScalarRestorePoint | Should -BeNullOrEmpty
    }
}
