@{
    ModuleVersion        = '0.1.0'
    GUID                 = '6d0f0c3e-6a5f-4a1b-9a55-2d1f2c1b7a40'
    Author               = 'ScalarRestore contributors'
    CompanyName          = 'ScalarRestore contributors'
    Copyright            = '(c) ScalarRestore contributors. Apache-2.0.'
    Description          = 'Restores the databases behind ScalarDB and ScalarDL on Kubernetes to one point in time, one documented step per cmdlet.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    NestedModules        = @('module/bin/ScalarRestore.Cmdlets.dll')
    FormatsToProcess     = @('module/ScalarRestore.Format.ps1xml')
    CmdletsToExport      = @(
        'Get-ScalarWorkload'
        'Stop-ScalarWorkload'
        'Get-ScalarDatabase'
        'Get-ScalarRestorePoint'
        'Restore-ScalarDatabase'
        'Repair-ScalarSchema'
        'Update-ScalarValues'
        'Start-ScalarWorkload'
        'Get-ScalarRestoreRun'
        'Resume-ScalarRestore'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('ScalarDB', 'ScalarDL', 'Kubernetes', 'Helm', 'DynamoDB', 'Restore', 'PITR', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}
