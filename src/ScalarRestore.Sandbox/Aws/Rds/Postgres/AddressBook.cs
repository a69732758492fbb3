using System.Net;
using System.Net.Sockets;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>
/// Which name has which address. Endpoints of RDS go with the identifier: whatever is renamed to one that was used before is found where
/// that was. On Linux all of 127.0.0.0/8 is this machine, so every name gets a host of its own with the port that it was given, as in the
/// cloud; elsewhere, or with that port taken, it gets a port of its own.
/// </summary>
internal sealed class AddressBook : IDisposable
{
    private const int Tries = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IPAddress> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, int Port), DatabaseAddress> _addresses = [];
    private readonly Dictionary<DatabaseAddress, SemaphoreSlim> _leases = [];
    private readonly List<Socket> _claims = [];
    private int _last;

    /// <summary>The address of a database with its present identifier and port.</summary>
    public DatabaseAddress Of(DatabaseIdentity database)
    {
        // An instance and a cluster may share a name.
        var kind = database.ResourceId.Split('-')[0];
        var name = $"{database.Account}/{database.Region}/{kind}/{database.Identifier}";
        lock (_lock)
        {
            if (!_addresses.TryGetValue((name, database.Port), out var address))
                _addresses[(name, database.Port)] = address = New(name, database.Port);

            return address;
        }
    }

    /// <summary>Waits until nobody listens at an address any more: what had the name before may still be ending.</summary>
    /// <returns>Gives the address back.</returns>
    public async Task<IDisposable> LeaseAsync(DatabaseAddress address, CancellationToken cancellationToken)
    {
        SemaphoreSlim free;
        lock (_lock)
        {
            if (!_leases.TryGetValue(address, out free!))
                _leases[address] = free = new SemaphoreSlim(1);
        }

        await free.WaitAsync(cancellationToken);
        return new Lease(free);
    }

    /// <summary>Lets others have the hosts.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _claims.ForEach(claim => claim.Dispose());
            _claims.Clear();
        }
    }

    private DatabaseAddress New(string name, int port)
    {
        if (!OperatingSystem.IsLinux())
            return OfOwnPort();

        if (_hosts.TryGetValue(name, out var present) && IsFree(present, port))
            return new DatabaseAddress(present.ToString(), port);

        for (var i = 0; i < Tries; i++)
        {
            // Sandboxes that run side by side begin at different places, so that they seldom want the same host at once.
            _last++;
            var process = Environment.ProcessId;
            var host = new IPAddress([127, (byte)(1 + ((process / 250) + (_last / 250)) % 250), (byte)(1 + (process % 250)), (byte)(1 + (_last % 250))]);
            if (TryClaim(host) is { } claim)
            {
                if (!IsFree(host, port))
                {
                    claim.Dispose();
                    continue;
                }

                _claims.Add(claim);
                _hosts[name] = host;
                return new DatabaseAddress(host.ToString(), port);
            }
        }

        return OfOwnPort();
    }

    // A port stays free until the server is started, so the whole host is claimed before, with a name that only one can have and that
    // goes with its process: a Unix socket of Linux's abstract kind, in the same namespace as the network.
    private static Socket? TryClaim(IPAddress host)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint($"\0scalar-postgres-{host}"));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static DatabaseAddress OfOwnPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new DatabaseAddress(IPAddress.Loopback.ToString(), ((IPEndPoint)socket.LocalEndPoint!).Port);
    }

    private static bool IsFree(IPAddress host, int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(host, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Lease(SemaphoreSlim free) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                free.Release();
        }
    }
}
