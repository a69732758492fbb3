using System.Management.Automation;
using System.Security;
using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>A cmdlet that may have to sign in to Azure.</summary>
public abstract class AzureCmdlet : EngineCmdlet
{
    /// <summary>Where the identity comes from.</summary>
    [Parameter]
    public AzureCredentialKind AzureCredential { get; set; }

    /// <summary>The client id of a user-assigned managed identity or of a workload identity.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>The tenant to sign in to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The cloud.</summary>
    [Parameter]
    [ValidateSet("AzureCloud", "AzureChinaCloud", "AzureUSGovernment")]
    public string? AzureEnvironment { get; set; }

    /// <summary>A token for Azure Resource Manager instead of an identity.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>How to sign in, as the parameters say.</summary>
    /// <exception cref="RestoreException"><c>AzureParameters</c>: what was given does not go together.</exception>
    private protected AzureConnection Azure
    {
        get
        {
            RequireTogether();
            return new AzureConnection
            {
                Credential = AzureCredential,
                ManagedIdentityClientId = ManagedIdentityClientId,
                TenantId = TenantId,
                Cloud = AzureEnvironment,
                AccessToken = AccessToken,
            };
        }
    }

    // A parameter without effect would hide that the wrong identity signs in.
    private void RequireTogether()
    {
        bool namesKind = MyInvocation.BoundParameters.ContainsKey(nameof(AzureCredential));
        if (AccessToken is not null && namesKind)
        {
            throw Apart(
                "-AccessToken and -AzureCredential both say who signs in.",
                "Leave one of them out: a token needs no other credential.");
        }

        if (ManagedIdentityClientId is not null && (AccessToken is not null || !TakesClientId(AzureCredential)))
        {
            throw Apart(
                $"-ManagedIdentityClientId has no meaning for {Source()}.",
                "Give it with -AzureCredential ManagedIdentity or WorkloadIdentity, or leave it out.");
        }

        if (TenantId is not null && AccessToken is null && AzureCredential is AzureCredentialKind.ManagedIdentity or AzureCredentialKind.Environment)
        {
            throw Apart(
                $"-TenantId has no effect on {Source()}, which has a tenant of its own.",
                "Leave -TenantId out, or take another credential.");
        }
    }

    private string Source() => AccessToken is not null ? "-AccessToken" : $"-AzureCredential {AzureCredential}";

    private static bool TakesClientId(AzureCredentialKind kind) =>
        kind is AzureCredentialKind.Auto or AzureCredentialKind.ManagedIdentity or AzureCredentialKind.WorkloadIdentity;

    private static RestoreException Apart(string message, string mend) =>
        new("AzureParameters", FaultCategory.InvalidArgument, message, mend: $"{mend} Nothing was changed.");
}
