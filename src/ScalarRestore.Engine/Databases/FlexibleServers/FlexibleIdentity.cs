using System.Text.Json.Serialization;

namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Which flexible server, beyond all doubt.</summary>
internal sealed record FlexibleIdentity
{
    /// <summary>How to sign in to Azure; never a token.</summary>
    public AzureConnection Azure { get; init; } = new();

    /// <summary>The engine's word.</summary>
    public required string EngineWord { get; init; }

    /// <summary>The subscription's id.</summary>
    public required string Subscription { get; init; }

    /// <summary>The resource group.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>The server's name, which can be given to another one after a deletion.</summary>
    public required string Name { get; init; }

    /// <summary>The resource id, which follows the name.</summary>
    public required string ResourceId { get; init; }

    /// <summary>When it was made: the service gives servers no id of their own. Null where it does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The region as Azure writes it in ids: <c>japaneast</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The engine.</summary>
    [JsonIgnore]
    public FlexibleEngine Engine => FlexibleEngine.ByWord(EngineWord);

    /// <summary>What it is, for messages.</summary>
    [JsonIgnore]
    public string What => $"{Engine.Product} flexible server {Name}";

    /// <summary>Subscription and resource group, for messages.</summary>
    [JsonIgnore]
    public string Place => $"{Subscription}/{ResourceGroup}";

    /// <summary>The resource id of a server beside it.</summary>
    public string Beside(string name) => $"{ResourceId[..(ResourceId.LastIndexOf('/') + 1)]}{name}";
}
