using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos;

/// <summary>All accounts of the subscription.</summary>
internal sealed class CosmosRegister
{
    /// <summary>The accounts that are there, by name: it is one of a kind in the world.</summary>
    public SortedDictionary<string, CosmosAccount> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that are gone, in the order of their going. They can be restored for as long as their backups reach.</summary>
    public List<CosmosAccount> Gone { get; } = [];

    /// <summary>Instance ids whose row in the list of restorable accounts has no regions, as some real ones have none.</summary>
    public HashSet<string> WithoutRegions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public CosmosAccount? Find(string name, string group) =>
        Accounts.GetValueOrDefault(name) is { } account && string.Equals(account.Group, group, StringComparison.OrdinalIgnoreCase)
            ? account
            : null;

    /// <summary>What can be restored now.</summary>
    public IEnumerable<CosmosAccount> Restorable(DateTimeOffset now) => Gone
        .Where(a => a.ContinuousSince is not null && a.DeletedAt > now - a.Window)
        .Concat(Accounts.Values.Where(a => a.ContinuousSince is not null && a.State is not "Creating" and not "Failed"));
}
