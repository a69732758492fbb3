using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>What MySQL and PostgreSQL flexible servers do not have in common.</summary>
internal sealed record FlexibleEngine
{
    /// <summary>Azure Database for MySQL.</summary>
    public static FlexibleEngine MySql { get; } = new()
    {
        Kind = DatabaseKind.AzureMySQL,
        Word = "mysql",
        Product = "MySQL",
        Provider = "Microsoft.DBforMySQL",
        TimeProperty = "restorePointInTime",
        ZoneProperty = "privateDnsZoneResourceId",
        AdministratorProperties = ["administratorType", "login", "sid", "tenantId", "identityResourceId"],
        SetsManyParameters = true,
        HasVirtualEndpoints = false,
        SuffixIn = cloud => cloud.MySqlSuffix,
    };

    /// <summary>Azure Database for PostgreSQL.</summary>
    public static FlexibleEngine PostgreSql { get; } = new()
    {
        Kind = DatabaseKind.AzurePostgreSQL,
        Word = "postgresql",
        Product = "PostgreSQL",
        Provider = "Microsoft.DBforPostgreSQL",
        TimeProperty = "pointInTimeUTC",
        ZoneProperty = "privateDnsZoneArmResourceId",
        AdministratorProperties = ["principalType", "principalName", "tenantId"],
        SetsManyParameters = false,
        HasVirtualEndpoints = true,
        SuffixIn = cloud => cloud.PostgreSqlSuffix,
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<FlexibleEngine> All { get; } = [MySql, PostgreSql];

    /// <summary>What databases of it are.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The first word of its steps' kinds.</summary>
    public required string Word { get; init; }

    /// <summary>The database's own name.</summary>
    public required string Product { get; init; }

    /// <summary>The resource provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The property of a restore that holds the restore point.</summary>
    public required string TimeProperty { get; init; }

    /// <summary>The property of the network that holds the private DNS zone.</summary>
    public required string ZoneProperty { get; init; }

    /// <summary>What can be set of an administrator of Microsoft Entra.</summary>
    public required IReadOnlyList<string> AdministratorProperties { get; init; }

    /// <summary>Whether there is one call for many parameters.</summary>
    public required bool SetsManyParameters { get; init; }

    /// <summary>Whether servers may have names that move from one to another.</summary>
    public required bool HasVirtualEndpoints { get; init; }

    /// <summary>What a server's host ends with in a cloud.</summary>
    public required Func<ArmCloud, string> SuffixIn { get; init; }

    /// <summary>The type of its servers.</summary>
    public string ServerType => $"{Provider}/flexibleServers";

    /// <summary>The type of the servers that came before and are retired.</summary>
    public string SingleType => $"{Provider}/servers";

    /// <summary>What the Azure CLI calls it.</summary>
    public string CliGroup => $"az {(Word == "mysql" ? "mysql" : "postgres")} flexible-server";

    /// <summary>The engine of a word.</summary>
    public static FlexibleEngine ByWord(string word) => All.First(engine => engine.Word == word);

    /// <summary>The known cloud that a host is in, by its name; null if the host is not one of this engine's in any.</summary>
    public ArmCloud? CloudOf(string host) => ArmCloud.Known.FirstOrDefault(cloud => host.EndsWith($".{SuffixIn(cloud)}", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a resource id is one of a server of this engine, also of a retired one.</summary>
    public bool IsServerId(string identifier) =>
        identifier.Contains($"/providers/{ServerType}/", StringComparison.OrdinalIgnoreCase) || IsSingleId(identifier);

    /// <summary>Whether a resource id is one of a retired server.</summary>
    public bool IsSingleId(string identifier) => identifier.Contains($"/providers/{SingleType}/", StringComparison.OrdinalIgnoreCase);
}
