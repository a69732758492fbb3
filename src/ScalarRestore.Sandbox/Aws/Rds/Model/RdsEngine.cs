namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A database engine and what RDS assumes about it.</summary>
internal sealed record RdsEngine(string Name, int Port, string DefaultVersion, string License, IReadOnlyList<string> Majors)
{
    private const string PublicLicense = "general-public-license";

    private static readonly RdsEngine[] All =
    [
        new("mysql", 3306, "8.0.39", PublicLicense, ["5.7", "8.0", "8.4"]),
        new("mariadb", 3306, "10.11.9", PublicLicense, ["10.5", "10.6", "10.11", "11.4", "11.8"]),
        new("postgres", 5432, "16.4", "postgresql-license", ["11", "12", "13", "14", "15", "16", "17", "18"]),
        new("aurora-mysql", 3306, "8.0.mysql_aurora.3.08.0", PublicLicense, ["5.7", "8.0"]),
        new("aurora-postgresql", 5432, "16.4", "postgresql-license", ["11", "12", "13", "14", "15", "16", "17"]),
        new("oracle-ee", 1521, "19.0.0.0.ru-2024-10.rur-2024-10.r1", "bring-your-own-license", ["19", "21"]),
        new("oracle-ee-cdb", 1521, "19.0.0.0.ru-2024-10.rur-2024-10.r1", "bring-your-own-license", ["19", "21"]),
        new("oracle-se2", 1521, "19.0.0.0.ru-2024-10.rur-2024-10.r1", "license-included", ["19", "21"]),
        new("oracle-se2-cdb", 1521, "19.0.0.0.ru-2024-10.rur-2024-10.r1", "license-included", ["19", "21"]),
        new("sqlserver-ee", 1433, "15.00.4410.1.v1", "license-included", ["14.00", "15.00", "16.00"]),
        new("sqlserver-se", 1433, "15.00.4410.1.v1", "license-included", ["14.00", "15.00", "16.00"]),
        new("sqlserver-ex", 1433, "15.00.4410.1.v1", "license-included", ["14.00", "15.00", "16.00"]),
        new("sqlserver-web", 1433, "15.00.4410.1.v1", "license-included", ["14.00", "15.00", "16.00"]),
    ];

    public static IReadOnlyList<RdsEngine> Known => All;

    public bool IsAurora => Name.StartsWith("aurora-", StringComparison.Ordinal);

    public bool IsOracle => Name.StartsWith("oracle-", StringComparison.Ordinal);

    public bool IsSqlServer => Name.StartsWith("sqlserver-", StringComparison.Ordinal);

    /// <summary>Whether the engine also comes as a cluster.</summary>
    public bool HasClusters => IsAurora || Name is "mysql" or "postgres";

    /// <summary>GiB from which throughput and IOPS of gp3 can be chosen; null where they always can.</summary>
    public int? Gp3Threshold => IsSqlServer ? null : IsOracle ? 200 : 400;

    public static RdsEngine Get(string name) => Array.Find(All, e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw RdsErrors.Value($"Invalid DB engine: {name}");

    /// <summary>The version, or the default; of a major version alone, some version of it.</summary>
    public string Version(string? asked)
    {
        if (asked is null)
            return DefaultVersion;

        return Majors.Any(m => IsOfMajor(asked, m))
            ? asked
            : throw RdsErrors.Combination($"Cannot find version {asked} for {Name}");
    }

    /// <summary>The major version, as option groups count it.</summary>
    public string Major(string version) => Majors.First(m => IsOfMajor(version, m));

    /// <summary>The family of parameter groups that fits the version.</summary>
    public string Family(string version) => FamilyOf(Major(version));

    public string FamilyOf(string major) => IsOracle ? $"{Name}-{major}"
        : IsSqlServer ? $"{Name}-{major.Replace(".00", ".0", StringComparison.Ordinal)}"
        : Name + major;

    public string DefaultParameterGroup(string version) => "default." + Family(version);

    public string DefaultOptionGroup(string version) => DefaultOptionGroupOf(Major(version));

    public string DefaultOptionGroupOf(string major) => $"default:{Name}-{major.Replace('.', '-')}";

    private static bool IsOfMajor(string version, string major) =>
        version == major || version.StartsWith(major + ".", StringComparison.Ordinal);
}
