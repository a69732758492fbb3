using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>All servers of one engine in the subscription.</summary>
internal sealed class ServerRegister
{
    /// <summary>The flexible servers by name: it is one of a kind in the world.</summary>
    public SortedDictionary<string, FlexibleServer> Servers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Servers of the retired kind, as they are told, by name.</summary>
    public SortedDictionary<string, JsonObject> Single { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The servers that can be seen.</summary>
    public IEnumerable<FlexibleServer> Seen => Servers.Values.Where(s => !s.IsUnseen);

    /// <summary>The server that can be seen; null for none.</summary>
    public FlexibleServer? Find(string name, string group) =>
        Servers.GetValueOrDefault(name) is { IsUnseen: false } server
        && string.Equals(server.Group, group, StringComparison.OrdinalIgnoreCase)
            ? server
            : null;
}
