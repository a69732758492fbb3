namespace ScalarRestore.Cmdlets.Tests;

public sealed class AzureParameterTests : IDisposable
{
    private const string Every = """
        $run = Stop-ScalarWorkload a
        function Call-All($p) {
            $null = $run | Get-ScalarDatabase @p
            $null = $run | Restore-ScalarDatabase -RestoreTime 2026-03-04T02:15:07Z -Force -Confirm:$false @p
            $null = $run | Repair-ScalarSchema Copy @p
            $null = $run | Update-ScalarValues @p
            $null = $run | Start-ScalarWorkload @p
            $null = $run | Resume-ScalarRestore @p
        }

        """;

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [PowerShellFact]
    public void Every_command_that_reaches_databases_hands_the_sign_in_on()
    {
        _session.Lines(Every + """
            Call-All @{}
            Call-All @{ AzureCredential = 'ManagedIdentity'; ManagedIdentityClientId = 'c'; AzureEnvironment = 'azurechinacloud' }
            Call-All @{ TenantId = 't'; AccessToken = (ConvertTo-SecureString 'canary-token' -AsPlainText -Force) }
            """);
        Assert.Equal(
            [
                .. Enumerable.Repeat("azure Auto client= tenant= cloud= token=", 6),
                .. Enumerable.Repeat("azure ManagedIdentity client=c tenant= cloud=azurechinacloud token=", 6),
                .. Enumerable.Repeat("azure Auto client= tenant=t cloud= token=12", 6),
            ],
            _session.Trace.Where(line => line.StartsWith("azure ", StringComparison.Ordinal)));
    }

    [PowerShellTheory]
    [InlineData("-AzureCredential AzureCli -AccessToken $token", "-AzureCredential")]
    [InlineData("-AzureCredential Auto -AccessToken $token", "-AzureCredential")]
    [InlineData("-ManagedIdentityClientId c -AccessToken $token", "-AccessToken")]
    [InlineData("-ManagedIdentityClientId c -AzureCredential AzureCli", "AzureCli")]
    [InlineData("-TenantId t -AzureCredential ManagedIdentity", "ManagedIdentity")]
    [InlineData("-TenantId t -AzureCredential Environment", "Environment")]
    public void What_does_not_go_together_is_one_error_and_calls_nothing(string given, string named)
    {
        var lines = _session.Lines($$"""
            $ErrorActionPreference = 'Continue'
            $token = ConvertTo-SecureString 'canary-token' -AsPlainText -Force
            try { Get-ScalarDatabase -TableName t {{given}} } catch { $_.FullyQualifiedErrorId; "$_"; $_.ErrorDetails.RecommendedAction }
            $Error.Count
            """);
        Assert.StartsWith("AzureParameters,", lines[0], StringComparison.Ordinal);
        Assert.Contains(named, lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", lines[2], StringComparison.Ordinal);
        Assert.Equal("1", lines[3]);
        Assert.DoesNotContain(lines, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.Empty(_session.Trace);
    }

    [PowerShellTheory]
    [InlineData("-AzureEnvironment AzureGermanCloud")]
    [InlineData("-AzureCredential Password")]
    [InlineData("-TenantId ''")]
    [InlineData("-AccessToken 'plain text'")]
    public void What_means_nothing_is_refused_at_once(string given) =>
        Assert.Contains("Argument", _session.ErrorId($"Get-ScalarDatabase -TableName t {given}"), StringComparison.Ordinal);

    [PowerShellFact]
    public void Kinds_and_clouds_complete() => Assert.Equal(
        ["ManagedIdentity", "AzureChinaCloud", "AzureCloud", "AzureUSGovernment"],
        _session.Lines("""
            (TabExpansion2 'Get-ScalarDatabase -AzureCredential M').CompletionMatches.CompletionText
            (TabExpansion2 'Get-ScalarDatabase -AzureEnvironment ').CompletionMatches.CompletionText | Sort-Object
            """));
}
