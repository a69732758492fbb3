BeforeDiscovery {
    # Fences with the word "sandbox" are examples that only read, or only tell what they would do.
    $pages = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'module/help/en-US'
    $examples = foreach ($page in Get-ChildItem $pages -Filter *.md) {
        $number = 0
        foreach ($match in [regex]::Matches((Get-Content $page -Raw), '(?ms)^```powershell sandbox\r?\n(.*?)^```')) {
            @{ Page = $page.BaseName; Number = ++$number; Code = $match.Groups[1].Value }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $world = Open-World ledger
}

AfterAll {
    Close-World $world
}

Describe 'Examples in the help' {
    It '<Page>, runnable example <Number>' -ForEach $examples {
        $before = Get-WorldState
        $code = $Code.Replace('ns-scalar', $world.namespace)
        { [scriptblock]::Create($code).Invoke() } | Should -Not -Throw
        Get-WorldState | Should -BeExactly $before
    }
}
