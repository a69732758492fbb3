using Azure.Core;
using Azure.Identity;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Makes the credential that a connection asks for. Context files of other tools are never read by us.</summary>
internal static class ArmCredentials
{
    /// <summary>The longest that a tool of another vendor may take to hand out a token: a cold shell takes its time.</summary>
    private static readonly TimeSpan ToolTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The credential; nothing is sent yet.</summary>
    /// <exception cref="RestoreException">The access token cannot be used.</exception>
    public static TokenCredential Make(AzureConnection connection, ArmCloud cloud, TimeProvider clock, Action<string> warn)
    {
        if (connection.AccessToken is { } token)
            return new AccessTokenCredential(token, connection.TenantId, clock, warn);

        return connection.Credential switch
        {
            AzureCredentialKind.ManagedIdentity => new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(
                connection.ManagedIdentityClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned)),
            AzureCredentialKind.AzureCli => new AzureCliCredential(For(new AzureCliCredentialOptions { TenantId = connection.TenantId, ProcessTimeout = ToolTimeout }, cloud)),
            AzureCredentialKind.AzPowerShell => new AzurePowerShellCredential(For(
                new AzurePowerShellCredentialOptions { TenantId = connection.TenantId, ProcessTimeout = ToolTimeout }, cloud)),
            AzureCredentialKind.Environment => new EnvironmentCredential(For(new EnvironmentCredentialOptions(), cloud)),
            AzureCredentialKind.WorkloadIdentity => new WorkloadIdentityCredential(Workload(connection, cloud)),
            _ => new DefaultAzureCredential(Default(connection, cloud)),
        };
    }

    // Null would overwrite what the SDK reads from AZURE_TENANT_ID and AZURE_CLIENT_ID.
    private static WorkloadIdentityCredentialOptions Workload(AzureConnection connection, ArmCloud cloud)
    {
        var options = For(new WorkloadIdentityCredentialOptions(), cloud);
        if (connection.TenantId is not null)
            options.TenantId = connection.TenantId;
        if (connection.ManagedIdentityClientId is not null)
            options.ClientId = connection.ManagedIdentityClientId;
        return options;
    }

    private static DefaultAzureCredentialOptions Default(AzureConnection connection, ArmCloud cloud)
    {
        var options = For(
            new DefaultAzureCredentialOptions
            {
                ExcludeVisualStudioCredential = true,
                ExcludeVisualStudioCodeCredential = true,
                ExcludeAzureDeveloperCliCredential = true,
                ExcludeInteractiveBrowserCredential = true,
                ExcludeBrokerCredential = true,
                CredentialProcessTimeout = ToolTimeout,
            },
            cloud);
        if (connection.TenantId is not null)
            options.TenantId = connection.TenantId;
        if (connection.ManagedIdentityClientId is not null)
            (options.ManagedIdentityClientId, options.WorkloadIdentityClientId) = (connection.ManagedIdentityClientId, connection.ManagedIdentityClientId);
        return options;
    }

    private static TOptions For<TOptions>(TOptions options, ArmCloud cloud)
        where TOptions : TokenCredentialOptions
    {
        if (cloud.AuthorityHost is { } host)
            options.AuthorityHost = host;
        return options;
    }
}
