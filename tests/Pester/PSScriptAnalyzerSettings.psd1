@{
    IncludeDefaultRules = $true
    ExcludeRules        = @(
        # "Values" is Helm's own word, and its cmdlet is C#.
        'PSUseSingularNouns'
        # Pester's BeforeAll assigns what its It blocks read.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
    Rules               = @{
        PSUseCompatibleSyntax      = @{ Enable = $true; TargetVersions = @('7.4') }
        PSUseConsistentIndentation = @{ Enable = $true; IndentationSize = 4; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
        PSUseConsistentWhitespace  = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSPlaceOpenBrace           = @{ Enable = $true; OnSameLine = $true; IgnoreOneLineBlock = $true }
    }
}
