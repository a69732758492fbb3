using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Lists that need not be there.</summary>
internal static class ArmLists
{
    /// <summary>The items of all pages of a list; none if the list, or what it belongs to, does not exist.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ListOrNoneAsync(this IArmClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (fault.Id == ArmFaults.NotFound)
        {
            return [];
        }
    }
}
