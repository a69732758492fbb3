namespace ScalarRestore.Contracts;

/// <summary>Where the identity for Azure comes from.</summary>
public enum AzureCredentialKind
{
    /// <summary>The first that there is of: environment variables, workload identity, managed identity, Azure CLI, Azure PowerShell.</summary>
    Auto,

    /// <summary>The managed identity of the machine, the container or the Automation account.</summary>
    ManagedIdentity,

    /// <summary>Whoever is signed in to the Azure CLI (<c>az login</c>).</summary>
    AzureCli,

    /// <summary>Whoever is signed in to Azure PowerShell (<c>Connect-AzAccount</c>).</summary>
    AzPowerShell,

    /// <summary>A service principal from <c>AZURE_TENANT_ID</c>, <c>AZURE_CLIENT_ID</c> and a secret or certificate.</summary>
    Environment,

    /// <summary>The federated token of a Kubernetes service account.</summary>
    WorkloadIdentity,
}
