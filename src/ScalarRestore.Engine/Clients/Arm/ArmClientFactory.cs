using System.Collections.Concurrent;
using Azure.Core;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Makes the clients, once for each way to sign in and each mode.</summary>
/// <param name="settings">How Azure is reached.</param>
/// <param name="clock">The engine's clock.</param>
/// <param name="warn">Says something that the operator must see.</param>
internal sealed class ArmClientFactory(ArmClientSettings settings, TimeProvider clock, Action<string> warn)
{
    private readonly ConcurrentDictionary<(AzureConnection Connection, ServiceMode Mode), Lazy<IArmClient>> _clients = new();
    private readonly ConcurrentDictionary<AzureConnection, Lazy<TokenCredential>> _credentials = new();

    /// <summary>The calls that all clients have sent.</summary>
    public ArmCallCounter Calls { get; } = new();

    /// <summary>The client for a way to sign in.</summary>
    /// <exception cref="RestoreException">The cloud is not known, or the access token cannot be used.</exception>
    public IArmClient For(AzureConnection connection, ServiceMode mode) =>
        _clients.GetOrAdd((connection, mode), key => new Lazy<IArmClient>(() => Make(key.Connection, key.Mode))).Value;

    /// <summary>The cloud that a connection leads to.</summary>
    /// <exception cref="RestoreException">It is not known.</exception>
    public ArmCloud CloudOf(AzureConnection connection) => connection.Cloud is { } name ? ArmCloud.ByName(name) : settings.Cloud ?? ArmCloud.Public;

    private IArmClient Make(AzureConnection connection, ServiceMode mode)
    {
        var cloud = CloudOf(connection);
        var credential = settings.Credential ?? _credentials.GetOrAdd(connection, key => new Lazy<TokenCredential>(() => ArmCredentials.Make(key, cloud, settings.TokenClock, warn))).Value;
        var calls = new ArmCalls(clock, Calls, settings.Observer, settings.Random, mode);
        return new ArmClient(new ArmSender(new ArmTransport(cloud, credential, settings, mode, clock), calls, new ArmApiVersions(settings.ApiVersions), clock));
    }
}
