namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Which Cosmos DB account, beyond all doubt.</summary>
internal sealed record CosmosIdentity
{
    /// <summary>How to sign in to Azure; never a token.</summary>
    public AzureConnection Azure { get; init; } = new();

    /// <summary>The subscription's id.</summary>
    public required string Subscription { get; init; }

    /// <summary>The resource group.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>The account's name, which can be given to another one after a deletion.</summary>
    public required string Name { get; init; }

    /// <summary>The resource id, which follows the name.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The instance id, which never means another one.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The region that is written to, as Azure says it: <c>West US</c>.</summary>
    public required string Location { get; init; }

    /// <summary>What names it in step keys: the name, which is unique in the world.</summary>
    public string Key => Name;

    /// <summary>What it is, for messages.</summary>
    public string What => $"Cosmos DB account {Name}";

    /// <summary>Subscription and resource group, for messages.</summary>
    public string Place => $"{Subscription}/{ResourceGroup}";

    /// <summary>The resource id of an account beside it.</summary>
    public string Beside(string name) => $"{ResourceId[..(ResourceId.LastIndexOf('/') + 1)]}{name}";
}
