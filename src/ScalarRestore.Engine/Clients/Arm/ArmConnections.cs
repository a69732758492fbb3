namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Joins what a command says of signing in with what a run remembers of its own.</summary>
internal static class ArmConnections
{
    /// <summary>
    /// Who signs in is said by the command as a whole; where it says nothing, it is whoever the run remembers. Cloud and tenant stay the
    /// run's unless the command names others.
    /// </summary>
    public static AzureConnection Over(this AzureConnection given, AzureConnection remembered)
    {
        var saysWho = given.AccessToken is not null || given.Credential != AzureCredentialKind.Auto || given.ManagedIdentityClientId is not null;
        return (saysWho ? given : remembered) with
        {
            TenantId = given.TenantId ?? remembered.TenantId,
            Cloud = given.Cloud ?? remembered.Cloud,
        };
    }
}
