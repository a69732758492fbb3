using Azure.Identity;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>One Azure cloud: where it is managed, whom tokens are for, and what its databases' hosts end with.</summary>
/// <param name="Name">The name as Azure's own tools use it.</param>
/// <param name="Endpoint">Azure Resource Manager.</param>
/// <param name="Audience">The audience of its tokens, without a slash at the end.</param>
/// <param name="CosmosDbSuffix">What comes after an account's name in its host.</param>
/// <param name="MySqlSuffix">What comes after a MySQL flexible server's name in its host.</param>
/// <param name="PostgreSqlSuffix">What comes after a PostgreSQL flexible server's name in its host.</param>
internal sealed record ArmCloud(string Name, Uri Endpoint, string Audience, string CosmosDbSuffix, string MySqlSuffix, string PostgreSqlSuffix)
{
    /// <summary>Azure.</summary>
    public static ArmCloud Public { get; } = new(
        "AzureCloud", new Uri("https://management.azure.com/"), "https://management.azure.com",
        "documents.azure.com", "mysql.database.azure.com", "postgres.database.azure.com");

    /// <summary>Azure operated by 21Vianet.</summary>
    public static ArmCloud China { get; } = new(
        "AzureChinaCloud", new Uri("https://management.chinacloudapi.cn/"), "https://management.chinacloudapi.cn",
        "documents.azure.cn", "mysql.database.chinacloudapi.cn", "postgres.database.chinacloudapi.cn")
    {
        AuthorityHost = AzureAuthorityHosts.AzureChina,
    };

    /// <summary>Azure Government.</summary>
    public static ArmCloud UsGovernment { get; } = new(
        "AzureUSGovernment", new Uri("https://management.usgovcloudapi.net/"), "https://management.usgovcloudapi.net",
        "documents.azure.us", "mysql.database.usgovcloudapi.net", "postgres.database.usgovcloudapi.net")
    {
        AuthorityHost = AzureAuthorityHosts.AzureGovernment,
    };

    /// <summary>The clouds that are known by name.</summary>
    public static IReadOnlyList<ArmCloud> Known { get; } = [Public, China, UsGovernment];

    /// <summary>Where to sign in; null follows <c>AZURE_AUTHORITY_HOST</c>, and then is the public cloud's.</summary>
    public Uri? AuthorityHost { get; init; }

    /// <summary>The scope to ask tokens for.</summary>
    public string Scope => Audience + "/.default";

    /// <summary>The cloud of a name.</summary>
    /// <exception cref="RestoreException"><c>AzureCloudUnknown</c>.</exception>
    public static ArmCloud ByName(string name) =>
        Known.FirstOrDefault(cloud => cloud.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new RestoreException(
            "AzureCloudUnknown",
            FaultCategory.InvalidArgument,
            $"'{name}' is not a known Azure cloud.",
            name,
            $"Take one of {string.Join(", ", Known.Select(cloud => cloud.Name))}, or set {ArmClientSettings.EndpointVariable} and {ArmClientSettings.AudienceVariable}.");

    /// <summary>The known cloud that a database's host is in; null if it is in none.</summary>
    public static ArmCloud? OfHost(string host) =>
        Known.FirstOrDefault(cloud => cloud.NameIn(host, cloud.CosmosDbSuffix) is not null || cloud.NameIn(host, cloud.MySqlSuffix) is not null || cloud.NameIn(host, cloud.PostgreSqlSuffix) is not null);

    /// <summary>A cloud that has its own endpoint: Azure Stack, or a sandbox. Its databases' hosts are named as the public cloud's.</summary>
    /// <exception cref="RestoreException"><c>AzureEndpointInvalid</c>.</exception>
    public static ArmCloud Custom(string endpoint, string? audience)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new RestoreException(
                "AzureEndpointInvalid",
                FaultCategory.InvalidArgument,
                $"{ArmClientSettings.EndpointVariable} is not an https address without a path: tokens are sent over TLS only.",
                ArmClientSettings.EndpointVariable,
                "Give one such as https://management.local.azurestack.external, or unset the variable.");
        }

        var whom = string.IsNullOrWhiteSpace(audience) ? uri.GetLeftPart(UriPartial.Authority) : audience.Trim().TrimEnd('/');
        return Public with { Name = "Custom", Endpoint = uri, Audience = whom };
    }

    /// <summary>The name of a Cosmos DB account from its host; null if the host is not one of this cloud's.</summary>
    public string? CosmosDbAccountIn(string host) => NameIn(host, CosmosDbSuffix);

    /// <summary>The name of a MySQL flexible server from its host; null if the host is not one of this cloud's.</summary>
    public string? MySqlServerIn(string host) => NameIn(host, MySqlSuffix);

    /// <summary>The name of a PostgreSQL flexible server from its host; null if the host is not one of this cloud's.</summary>
    public string? PostgreSqlServerIn(string host) => NameIn(host, PostgreSqlSuffix);

    // A regional host of Cosmos DB is told apart by its account only (name-region), so that a name is taken as it stands.
    private string? NameIn(string host, string suffix)
    {
        var plain = host.TrimEnd('.');
        return plain.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase) && plain[..^(suffix.Length + 1)] is { Length: > 0 } name && !name.Contains('.', StringComparison.Ordinal)
            ? name
            : null;
    }
}
