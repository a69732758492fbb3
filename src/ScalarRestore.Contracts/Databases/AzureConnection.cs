using System.Security;
using System.Text.Json.Serialization;

namespace ScalarRestore.Contracts;

/// <summary>How to sign in to Azure. But for <see cref="AccessToken"/>, which is never written anywhere, nothing here is a secret.</summary>
public sealed record AzureConnection
{
    /// <summary>Where the identity comes from; without effect where <see cref="AccessToken"/> is given.</summary>
    public AzureCredentialKind Credential { get; init; }

    /// <summary>The client id of a user-assigned managed identity, or of the workload identity; null takes the one that there is.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The tenant; null takes the identity's own.</summary>
    public string? TenantId { get; init; }

    /// <summary><c>AzureCloud</c>, <c>AzureChinaCloud</c> or <c>AzureUSGovernment</c>; null follows the environment, then takes AzureCloud.</summary>
    public string? Cloud { get; init; }

    /// <summary>A token for Azure Resource Manager, as of <c>Get-AzAccessToken</c>. It cannot be renewed, and mostly ends within the hour.</summary>
    [JsonIgnore]
    public SecureString? AccessToken { get; init; }
}
