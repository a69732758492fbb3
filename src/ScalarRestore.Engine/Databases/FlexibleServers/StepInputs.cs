using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>What every step on a server needs.</summary>
internal record FlexibleStepInput
{
    /// <summary>The server that is restored from; never changed.</summary>
    public required FlexibleIdentity Source { get; init; }

    /// <summary>The name of what is restored.</summary>
    public required string Target { get; init; }

    /// <summary>The longest that one operation may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The run, in the tags of what it makes.</summary>
    public required string RunId { get; init; }

    /// <summary>The restore point, a whole second, UTC.</summary>
    public required DateTimeOffset RestoreTime { get; init; }

    /// <summary>The resource id of what is restored.</summary>
    [JsonIgnore]
    public string TargetId => Source.Beside(Target);
}

/// <summary>Restoring a server.</summary>
internal sealed record RestoreServerInput : FlexibleStepInput
{
    /// <summary>The body, without time and tags.</summary>
    public required JsonObject Shape { get; init; }

    /// <summary>The source's tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

/// <summary>Putting back what a restore does not take, or making its standby.</summary>
internal sealed record ServerSettingsInput : FlexibleStepInput
{
    /// <summary>What it shall have.</summary>
    public required ServerSettings Settings { get; init; }
}

/// <summary>Comparing.</summary>
internal sealed record VerifyServerInput : FlexibleStepInput
{
    /// <summary>What it shall have.</summary>
    public required ServerSettings Settings { get; init; }

    /// <summary>The source's hosts, its own first.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>What a restore cannot bring back, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}
