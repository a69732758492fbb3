using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Servers.Model;

/// <summary>What the two kinds of flexible servers do not have in common (domain/azure.md, sections 2 and 3).</summary>
internal sealed record ServerEngine
{
    public static readonly ServerEngine MySql = new()
    {
        Service = "mysql",
        Provider = "Microsoft.DBforMySQL",
        HostSuffix = ".mysql.database.azure.com",
        TimeProperty = "restorePointInTime",
        ZoneProperty = "privateDnsZoneResourceId",
        Versions = ["5.7", "8.0.21", "8.4"],
        BirthState = "Updating",
        Charset = "utf8mb4",
        Collation = "utf8mb4_0900_ai_ci",
        SystemDatabases = ["information_schema", "mysql", "performance_schema", "sys"],
        Settings = s => s.MySql,
        Parameters =
        [
            new("character_set_server", "utf8mb4", DataType: "Enumeration", Allowed: "latin1,utf8mb3,utf8mb4"),
            new("event_scheduler", "ON", DataType: "Enumeration", Allowed: "ON,OFF"),
            new("innodb_buffer_pool_size", "536870912"),
            new("innodb_file_per_table", "ON", DataType: "Enumeration", Allowed: "ON,OFF"),
            new("innodb_lock_wait_timeout", "50"),
            new("lower_case_table_names", "1", IsDynamic: false, IsReadOnly: true, DataType: "Enumeration", Allowed: "1,2"),
            new("max_allowed_packet", "67108864"),
            new("max_connections", "85"),
            new("performance_schema", "OFF", IsDynamic: false, DataType: "Enumeration", Allowed: "ON,OFF"),
            new("require_secure_transport", "ON", DataType: "Enumeration", Allowed: "ON,OFF"),
            new("slow_query_log", "OFF", DataType: "Enumeration", Allowed: "ON,OFF"),
            new("table_open_cache_instances", "1", IsDynamic: false),
            new("time_zone", "SYSTEM", DataType: "String"),
            new("transaction_isolation", "REPEATABLE-READ", DataType: "Enumeration", Allowed: "READ-UNCOMMITTED,READ-COMMITTED,REPEATABLE-READ,SERIALIZABLE"),
            new("wait_timeout", "28800"),
        ],
    };

    public static readonly ServerEngine PostgreSql = new()
    {
        Service = "postgresql",
        Provider = "Microsoft.DBforPostgreSQL",
        HostSuffix = ".postgres.database.azure.com",
        TimeProperty = "pointInTimeUTC",
        ZoneProperty = "privateDnsZoneArmResourceId",
        Versions = ["11", "12", "13", "14", "15", "16", "17"],
        BirthState = "Provisioning",
        Charset = "UTF8",
        Collation = "en_US.utf8",
        SystemDatabases = ["azure_maintenance", "azure_sys", "postgres"],
        Settings = s => s.PostgreSql,
        Parameters =
        [
            new("autovacuum", "on", DataType: "Boolean", Allowed: "on,off"),
            new("azure.extensions", "", DataType: "Set"),
            new("client_encoding", "SQL_ASCII", DataType: "String"),
            new("data_directory", "/datadrive/pg/data", IsDynamic: false, IsReadOnly: true, DataType: "String"),
            new("deadlock_timeout", "1000"),
            new("default_transaction_isolation", "read committed", DataType: "Enumeration", Allowed: "serializable,repeatable read,read committed,read uncommitted"),
            new("idle_in_transaction_session_timeout", "0"),
            new("lock_timeout", "0"),
            new("log_min_duration_statement", "-1"),
            new("max_connections", "50", IsDynamic: false),
            new("max_prepared_transactions", "0", IsDynamic: false),
            new("max_wal_senders", "10", IsDynamic: false),
            new("shared_buffers", "32768", IsDynamic: false),
            new("statement_timeout", "0"),
            new("TimeZone", "UTC", DataType: "String"),
            new("work_mem", "4096"),
        ],
    };

    /// <summary>mysql or postgresql.</summary>
    public required string Service { get; init; }

    /// <summary>For example Microsoft.DBforMySQL.</summary>
    public required string Provider { get; init; }

    public required string HostSuffix { get; init; }

    /// <summary>The property that says what to restore to.</summary>
    public required string TimeProperty { get; init; }

    /// <summary>The property of the network that names the private DNS zone.</summary>
    public required string ZoneProperty { get; init; }

    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The state of a server that is just to be seen and not Ready yet.</summary>
    public required string BirthState { get; init; }

    public required string Charset { get; init; }

    public required string Collation { get; init; }

    public required IReadOnlyList<string> SystemDatabases { get; init; }

    public required IReadOnlyList<ServerParameter> Parameters { get; init; }

    public required Func<AzureSettings, FlexibleServerSettings> Settings { get; init; }

    public bool IsMySql => Service == "mysql";

    public string ServerType => Provider + "/flexibleServers";

    public ServerParameter? FindParameter(string name) =>
        Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
}
