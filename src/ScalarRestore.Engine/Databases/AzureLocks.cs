using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Databases.CosmosDb;

namespace ScalarRestore.Engine.Databases;

/// <summary>Finds locks that would keep a restore from being made.</summary>
internal static class AzureLocks
{
    /// <summary>The names of the locks that allow reading only, on a resource group or on what it lies in. Those on single resources do no harm.</summary>
    public static async Task<IReadOnlyList<string>> ReadOnlyAsync(IArmClient client, string group, CancellationToken cancellationToken) =>
    [
        .. (await client.ListAsync($"{group}/providers/Microsoft.Authorization/locks", cancellationToken).ConfigureAwait(false))
            .Where(one => CosmosJson.Text(CosmosJson.Properties(one), "level") == "ReadOnly" && Covers(CosmosJson.Text(one, "id") ?? "", group))
            .Select(one => CosmosJson.Text(one, "name") ?? "?"),
    ];

    private static bool Covers(string lockId, string group)
    {
        var at = lockId.LastIndexOf("/providers/Microsoft.Authorization/", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (group + "/").StartsWith(lockId[..at] + "/", StringComparison.OrdinalIgnoreCase);
    }
}
