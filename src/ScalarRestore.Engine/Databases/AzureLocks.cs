using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases;

/// <summary>Finds locks that would keep a restore from being made: what was made in a group of a lock that allows reading only could not be changed any more.</summary>
internal static class AzureLocks
{
    /// <summary>The names of the locks that allow reading only, on a resource group or on what it lies in. Those on single resources do no harm.</summary>
    public static async Task<IReadOnlyList<string>> ReadOnlyAsync(IArmClient client, string subscription, string resourceGroup, CancellationToken cancellationToken)
    {
        var group = $"/subscriptions/{subscription}/resourceGroups/{resourceGroup}";
        var locks = await client.ListAsync($"{group}/providers/Microsoft.Authorization/locks", cancellationToken).ConfigureAwait(false);
        return
        [
            .. locks.Where(one => ArmJson.Text(ArmJson.Properties(one), "level") == "ReadOnly" && Covers(ArmJson.Text(one, "id") ?? "", group))
                .Select(one => ArmJson.Text(one, "name") ?? "?"),
        ];
    }

    private static bool Covers(string lockId, string group)
    {
        var at = lockId.LastIndexOf("/providers/Microsoft.Authorization/", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (group + "/").StartsWith(lockId[..at] + "/", StringComparison.OrdinalIgnoreCase);
    }
}
