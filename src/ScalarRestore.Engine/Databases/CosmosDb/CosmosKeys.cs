using ScalarRestore.Engine.Clients.Arm;

namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>Reads the key of an account. It is handed on in memory: whoever takes it must not journal, log or show it.</summary>
internal static class CosmosKeys
{
    /// <summary>The first of the two keys that may read and write.</summary>
    /// <exception cref="RestoreException"><c>AccountKeyMissing</c>, and whatever Azure refuses.</exception>
    public static async Task<string> ReadAsync(IArmClient client, string resourceId, CancellationToken cancellationToken)
    {
        var answered = await client.PostAsync($"{resourceId}/listKeys", body: null, cancellationToken).ConfigureAwait(false);
        return ArmJson.Text(answered.Answer, "primaryMasterKey") ?? throw new RestoreException(
            "AccountKeyMissing",
            FaultCategory.InvalidData,
            $"Azure was asked for the keys of {resourceId}, and named none that may read and write.",
            resourceId,
            "Look at the account's keys in the portal, and give the primary one with -AccountKey.");
    }
}
