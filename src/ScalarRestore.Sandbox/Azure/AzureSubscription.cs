using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Aws;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos;
using ScalarRestore.Sandbox.Azure.Resources;
using ScalarRestore.Sandbox.Azure.Servers;
using ScalarRestore.Sandbox.Azure.Servers.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure;

/// <summary>The sandbox's one Azure subscription. Everything in it is guarded by <see cref="Lock"/>.</summary>
internal sealed class AzureSubscription
{
    /// <summary>The id of the subscription, the same in every run.</summary>
    public const string DefaultId = "11111111-2222-4333-8444-555555555555";

    private const string TextCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly SandboxState _sandbox;
    private readonly Random _random;

    public AzureSubscription(SandboxState sandbox)
    {
        _sandbox = sandbox;
        _random = new Random(sandbox.Options.Seed);
        Operations = new OperationStore(this);
    }

    public Lock Lock { get; } = new();

    public string Id => DefaultId;

    public AzureSettings Settings => _sandbox.Settings.Current.Azure;

    public Timeline Timeline { get; } = new();

    public OperationStore Operations { get; }

    public SortedDictionary<string, ResourceGroup> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<ManagementLock> Locks { get; } = [];

    public CosmosRegister Cosmos { get; } = new();

    public ServerRegister MySql { get; } = new();

    public ServerRegister PostgreSql { get; } = new();

    /// <summary>Lets everything due happen, and says what time it is.</summary>
    public DateTimeOffset Advance()
    {
        var now = _sandbox.Clock.Now;
        Timeline.Advance(now);
        return now;
    }

    public TimeSpan Draw(ServiceTime time, string kind, string name) => time.Draw(_sandbox.Options.Seed, kind, name);

    /// <summary>A span of the sandbox in whole seconds of the caller's clock, since unmodified clients wait by that.</summary>
    public string CallerSeconds(double seconds) =>
        Math.Ceiling(Math.Max(seconds / _sandbox.Clock.Scale, seconds > 0 ? 1 : 0)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes from the operation's budget of calls.</summary>
    /// <exception cref="ArmException">429 when it is used up.</exception>
    public void Throttle(string operation, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(operation, out var bucket))
            _buckets[operation] = bucket = new TokenBucket();

        if (!bucket.TryTake(Settings.Limits.CallRates.GetValueOrDefault(operation, Settings.Limits.DefaultCallRate), now))
            throw ArmErrors.TooManyRequests(int.Parse(CallerSeconds(Settings.Limits.RetryAfterSeconds), CultureInfo.InvariantCulture));
    }

    public string NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    public string NewText(int length) => new(_random.GetItems<char>(TextCharacters, length));

    public string GroupId(string group) => $"/subscriptions/{Id}/resourceGroups/{group}";

    /// <summary>The group of that name.</summary>
    /// <exception cref="ArmException">404 where there is none.</exception>
    public ResourceGroup GetGroup(string name) => Groups.GetValueOrDefault(name) ?? throw ArmErrors.GroupNotFound(name);

    public ServerRegister Servers(ServerEngine engine) => engine.IsMySql ? MySql : PostgreSql;

    /// <summary>All resources as they are told, in the order of their ids.</summary>
    public IEnumerable<JsonObject> Resources(DateTimeOffset now) => Cosmos.Accounts.Values.Select(a => CosmosJson.Describe(this, a))
        .Concat(new[] { MySql, PostgreSql }.SelectMany(r => r.Seen.Select(s => ServerJson.Describe(this, s, now)).Concat(r.Single.Values)))
        .OrderBy(r => r.Text("id"), StringComparer.OrdinalIgnoreCase);

    /// <summary>The lock that is in the way of a change; null for none.</summary>
    public ManagementLock? FindLock(string scope, bool isDelete) => Locks.Find(l =>
        (isDelete || l.Level == "ReadOnly")
        && (scope + "/").StartsWith(l.Scope + "/", StringComparison.OrdinalIgnoreCase));
}
