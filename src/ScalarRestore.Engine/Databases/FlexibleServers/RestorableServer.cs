using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>A server as it was captured for its restore.</summary>
internal sealed record RestorableServer
{
    /// <summary>Which it is.</summary>
    public required FlexibleIdentity Source { get; init; }

    /// <summary>What is restored is called.</summary>
    public required string Target { get; init; }

    /// <summary>The body of the restore, without time and tags.</summary>
    public required JsonObject Shape { get; init; }

    /// <summary>The source's hosts, its own first.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>What it shall have again.</summary>
    public required ServerSettings Settings { get; init; }

    /// <summary>What a restore cannot bring back, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}
