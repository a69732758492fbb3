using System.Collections.Concurrent;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.CosmosDb;
using ScalarRestore.Engine.Databases.DynamoDb;
using ScalarRestore.Engine.Databases.FlexibleServers;
using ScalarRestore.Engine.Databases.Rds;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures;

/// <summary>The clients that one command works with, in one mode. Made on first use, disposed together.</summary>
internal sealed class EngineServices : IDisposable
{
    private readonly ConcurrentDictionary<KubernetesConnection, Lazy<IKubernetesClient>> _clusters = new();
    private readonly AwsClientFactory _aws;

    // Lazily: whoever restores on AWS alone need not load Azure's libraries.
    private readonly Lazy<ArmClientFactory> _arm;

    /// <summary>Makes the services.</summary>
    /// <param name="settings">What the engine is given from outside.</param>
    /// <param name="mode">Whether anything may be changed.</param>
    /// <param name="host">Whoever runs the engine.</param>
    /// <param name="azure">How the command signs in to Azure; null follows the plan, or else the environment.</param>
    public EngineServices(EngineSettings settings, ServiceMode mode, IHostLink host, AzureConnection? azure = null)
    {
        Azure = azure ?? new AzureConnection();
        Clock = settings.Clock;
        Mode = mode;
        Host = host;
        Poller = new Poller(settings.Clock, Random.Shared);
        _aws = new AwsClientFactory(settings.Aws, settings.Clock);
        _arm = new Lazy<ArmClientFactory>(() => new ArmClientFactory(settings.Arm, settings.Clock, host.Warning));
        Journals = new JournalStores(Cluster, settings.Clock);
    }

    /// <summary>The engine's clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Whether anything may be changed.</summary>
    public ServiceMode Mode { get; }

    /// <summary>Whoever runs the engine.</summary>
    public IHostLink Host { get; }

    /// <summary>Waits.</summary>
    public Poller Poller { get; }

    /// <summary>How the command signs in to Azure; the default follows what a plan says.</summary>
    public AzureConnection Azure { get; }

    /// <summary>Makes the clients of Azure Resource Manager.</summary>
    public ArmClientFactory Arm => _arm.Value;

    /// <summary>Opens journals.</summary>
    public JournalStores Journals { get; }

    /// <summary>The client of a cluster.</summary>
    public IKubernetesClient Cluster(KubernetesConnection connection) =>
        _clusters.GetOrAdd(connection, key => new Lazy<IKubernetesClient>(() => KubernetesClientFactory.Create(key, Mode, Clock))).Value;

    /// <summary>The providers of every kind of database.</summary>
    /// <param name="fence">Looks for live writers right before what cannot be undone; null where nothing is changed.</param>
    public IReadOnlyList<IDatabaseProvider> Providers(IWriterFence? fence) =>
    [
        new DynamoDbProvider(_aws, fence, Clock, Mode),
        new RdsProvider(_aws, Clock, Mode),
        new CosmosProvider(() => Arm, Clock, Mode, Azure),
        .. FlexibleEngine.All.Select(engine => new FlexibleServerProvider(engine, () => Arm, Clock, Mode, Azure)),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _aws.Dispose();
        foreach (var cluster in _clusters.Values.Where(cluster => cluster.IsValueCreated))
        {
            cluster.Value.Dispose();
        }
    }
}
