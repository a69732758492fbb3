using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScalarRestore.Sandbox.Aws.Rds.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>RDS of one account in one region. Everything in it is guarded by <see cref="Lock"/>.</summary>
internal sealed class RdsRegion
{
    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly SandboxClock _clock;
    private readonly SettingsStore _settings;
    private readonly int _seed;
    private readonly Random _random;

    public RdsRegion(string account, string region, SandboxClock clock, SettingsStore settings, int seed, IDatabaseBackend? backend)
    {
        Account = account;
        Region = region;
        Backend = backend;
        _clock = clock;
        _settings = settings;
        _seed = seed;
        _random = new Random(seed);

        // One part of the names of all endpoints of an account in a region is always the same.
        EndpointPart = "c" + Hash("endpoint")[..11];
        RdsBeginning.Fill(this);
    }

    public Lock Lock { get; } = new();

    public string Account { get; }

    public string Region { get; }

    public string EndpointPart { get; }

    public IDatabaseBackend? Backend { get; }

    public RdsSettings Settings => _settings.Current.Rds;

    /// <summary>Quotas given by the control interface; null for those of the settings.</summary>
    public RdsLimits? OwnLimits { get; set; }

    public RdsLimits Limits => OwnLimits ?? Settings.Limits;

    public Timeline Timeline { get; } = new();

    public SortedDictionary<string, DbInstance> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>Instances that are gone and whose automated backups were kept, by resource id.</summary>
    public SortedDictionary<string, DbInstance> Retained { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, DbCluster> Clusters { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CustomEndpoint> Endpoints { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SubnetGroup> SubnetGroups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ParameterGroup> ParameterGroups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ParameterGroup> ClusterParameterGroups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, OptionGroup> OptionGroups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Network> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>KMS keys by ARN, and whether they can be used.</summary>
    public SortedDictionary<string, bool> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The key that is used where none is given.</summary>
    public string DefaultKey => KeyArn($"{Hash("key")[..8]}-0000-4000-8000-000000000000");

    /// <summary>The key of managed passwords, unless another is given.</summary>
    public string SecretsKey => KeyArn($"{Hash("secrets")[..8]}-0000-4000-8000-000000000000");

    public List<RdsEvent> Events { get; } = [];

    /// <summary>Lets everything due happen, and says what time it is.</summary>
    public DateTimeOffset Advance()
    {
        var now = _clock.Now;
        Timeline.Advance(now);
        return now;
    }

    /// <summary>Does something when a task is done, at the instant it then is.</summary>
    public void After(Task task, Action<DateTimeOffset> action) => _ = task.ContinueWith(
        _ =>
        {
            lock (Lock)
            {
                // Whatever was due before has to have happened.
                action(Advance());
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);

    public TimeSpan Draw(ServiceTime time, string kind, string name) => time.Draw(_seed, kind, name);

    public void Throttle(string operation, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(operation, out var bucket))
            _buckets[operation] = bucket = new TokenBucket();

        if (!bucket.TryTake(Limits.CallRates.GetValueOrDefault(operation, Limits.DefaultCallRate), now))
            throw new AwsException("Throttling", "Rate exceeded");
    }

    /// <summary>Lower-case hexadecimal digits that are the same in every run.</summary>
    public string Hash(string of) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Account}/{Region}/{of}")));

    public string NewResourceId(string prefix) => prefix + new string(_random.GetItems<char>(IdCharacters, 26));

    public string NewText(int length) => new(_random.GetItems<char>(IdCharacters, length));

    public string Arn(string kind, string name) => $"arn:aws:rds:{Region}:{Account}:{kind}:{name}";

    public string BackupArn(DbInstance instance) => Arn("auto-backup", "ab-" + Hash(instance.ResourceId)[..38]);

    /// <summary>The ARN of a KMS key that was given as one, by its id, or as an alias.</summary>
    public string KeyArn(string key) => key.StartsWith("arn:", StringComparison.Ordinal) ? key
        : key == "alias/aws/rds" ? DefaultKey
        : key == "alias/aws/secretsmanager" ? SecretsKey
        : key.StartsWith("alias/", StringComparison.Ordinal) ? $"arn:aws:kms:{Region}:{Account}:{key}"
        : $"arn:aws:kms:{Region}:{Account}:key/{key}";

    /// <summary>The ARN of a key that can be used.</summary>
    public string RequireKey(string key)
    {
        var arn = KeyArn(key);
        return Keys.GetValueOrDefault(arn) ? arn : throw RdsErrors.KeyNotAccessible(arn);
    }

    public DbInstance? FindInstance(string nameOrArn) => Instances.GetValueOrDefault(RdsNames.Plain(nameOrArn));

    public DbInstance GetInstance(string nameOrArn) =>
        FindInstance(nameOrArn) ?? throw RdsErrors.InstanceNotFound(RdsNames.Plain(nameOrArn));

    public DbCluster? FindCluster(string nameOrArn) => Clusters.GetValueOrDefault(RdsNames.Plain(nameOrArn));

    public DbCluster GetCluster(string nameOrArn) =>
        FindCluster(nameOrArn) ?? throw RdsErrors.ClusterNotFound(RdsNames.Plain(nameOrArn));

    public SubnetGroup GetSubnetGroup(string name) => SubnetGroups.GetValueOrDefault(RdsNames.Plain(name))
        ?? throw new AwsException("DBSubnetGroupNotFoundFault", $"DB subnet group '{name}' does not exist.", 404);

    /// <summary>The name of a parameter group that fits, or of the default one.</summary>
    public string FittingParameterGroup(string? name, RdsEngine engine, string version, bool ofClusters)
    {
        if (name is null)
            return engine.DefaultParameterGroup(version);

        var plain = RdsNames.Plain(name);
        var group = (ofClusters ? ClusterParameterGroups : ParameterGroups).GetValueOrDefault(plain)
            ?? throw (ofClusters
                ? new AwsException("DBClusterParameterGroupNotFound", $"DBClusterParameterGroup not found: {plain}", 404)
                : new AwsException("DBParameterGroupNotFound", $"DBParameterGroup not found: {plain}", 404));
        return group.Family == engine.Family(version)
            ? plain
            : throw RdsErrors.Combination(
                $"The Parameter Group {plain} with DBParameterGroupFamily {group.Family} cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily {engine.Family(version)}");
    }

    /// <summary>The name of an option group that fits, or of the default one.</summary>
    public string FittingOptionGroup(string? name, RdsEngine engine, string version)
    {
        if (name is null)
            return engine.DefaultOptionGroup(version);

        var plain = RdsNames.Plain(name);
        var group = OptionGroups.GetValueOrDefault(plain)
            ?? throw new AwsException("OptionGroupNotFoundFault", $"Specified OptionGroupName: {plain} not found.", 404);
        return group.Engine == engine.Name && group.Major == engine.Major(version)
            ? plain
            : throw RdsErrors.Combination(
                $"The option group {plain} is for {group.Engine} {group.Major} and cannot be used with {engine.Name} {version}");
    }

    public Network NetworkOf(SubnetGroup group) => Networks[group.VpcId];

    /// <summary>Checks security groups, or takes the default one of the VPC.</summary>
    public List<string> FittingSecurityGroups(IReadOnlyList<string>? ids, SubnetGroup subnetGroup, string subject)
    {
        var network = NetworkOf(subnetGroup);
        if (ids is not { Count: > 0 })
            return [network.SecurityGroups[0]];

        foreach (var id in ids)
        {
            var home = Networks.Values.FirstOrDefault(n => n.SecurityGroups.Contains(id, StringComparer.Ordinal))
                ?? throw RdsErrors.Value($"Invalid security group , groupId= {id}, groupName=.");
            if (home.VpcId != network.VpcId)
                throw RdsErrors.Combination(
                    $"The {subject} and EC2 security group are in different VPCs. The {subject} is in {network.VpcId} and the EC2 security group is in {home.VpcId}");
        }

        return [.. ids];
    }

    public void RefuseTooManyInstances(int more, int storage)
    {
        if (Instances.Count + more > Limits.Instances)
            throw new AwsException(
                "InstanceQuotaExceeded",
                string.Create(
                    CultureInfo.InvariantCulture, $"The request cannot be processed because it would exceed the maximum number of DB instances: {Limits.Instances}."));

        if (storage > 0 && StorageInUse() + storage > Limits.AllocatedStorage)
            throw new AwsException(
                "StorageQuotaExceeded", "The request cannot be fulfilled because it would exceed the maximum storage limit.");
    }

    public void RefuseTooManyClusters()
    {
        if (Clusters.Count >= Limits.Clusters)
            throw new AwsException(
                "DBClusterQuotaExceededFault", "The request cannot be fulfilled because it would exceed the maximum number of DB clusters.", 403);
    }

    public int StorageInUse() => Instances.Values.Where(i => i.Cluster is null).Sum(i => i.AllocatedStorage);

    /// <summary>The oldest and the newest instant that can be restored; null where there is none.</summary>
    public (DateTimeOffset Earliest, DateTimeOffset Latest)? Window(RdsDatabase database, DateTimeOffset now)
    {
        now = (database as DbInstance)?.RetainedSince ?? now;
        if (database.RestorableFrom is not { } from || from > now || database.BackupRetentionPeriod == 0)
            return null;

        var latest = Seconds(now - Draw(Settings.LatestRestorableLagSeconds, "lag", database.Id));
        var earliest = Seconds(now.AddDays(-database.BackupRetentionPeriod));
        return (earliest > from ? earliest : from, latest > from ? latest : from);

        static DateTimeOffset Seconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
    }

    public void Tell(RdsDatabase database, DateTimeOffset at, string category, string message) =>
        Events.Add(new RdsEvent(at, database.SourceType, database.Id, database.Arn, category, message));

    public DatabaseIdentity Identity(RdsDatabase database) => new(
        Account, Region, database.ResourceId, database.Id, database.Engine.Name, database.EngineVersion, database.MasterUsername,
        database.MasterPassword, database.Port, database.DatabaseName);

    /// <summary>Where an instance answers.</summary>
    public DatabaseAddress AddressOf(DbInstance instance) => (instance.Cluster ?? (RdsDatabase)instance).Address
        ?? new DatabaseAddress($"{instance.Id}.{EndpointPart}.{Region}.rds.amazonaws.com", instance.Cluster?.Port ?? instance.Port);

    /// <summary>Where a cluster answers: with kind "" its writer, with "ro" its readers, with "custom" what the name stands for.</summary>
    public DatabaseAddress AddressOf(DbCluster cluster, string kind, string? name = null)
    {
        var infix = kind.Length == 0 ? "cluster" : "cluster-" + kind;
        return cluster.Address
            ?? new DatabaseAddress($"{name ?? cluster.Id}.{infix}-{EndpointPart}.{Region}.rds.amazonaws.com", cluster.Port);
    }
}
