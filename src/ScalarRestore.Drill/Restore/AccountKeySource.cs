using System.Net;
using System.Security;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Azure;
using ScalarRestore.Drill.Databases.CosmosDb;

namespace ScalarRestore.Drill.Restore;

/// <summary>Fetches the key of an account when the engine asks for it, as an operator would.</summary>
internal static class AccountKeySource
{
    private const string Caption = "Key of the account ";

    /// <summary>The key of the account that a question names; null where it is about something else.</summary>
    public static async Task<SecureString?> FindAsync(string caption, JsonNode? azure, CancellationToken cancellationToken)
    {
        if (azure is null || !caption.StartsWith(Caption, StringComparison.Ordinal))
        {
            return null;
        }

        using var api = new AzureApi(azure);
        return new NetworkCredential("", await CosmosKind.KeyAsync(api, caption[Caption.Length..].Split('.')[0], cancellationToken)).SecurePassword;
    }
}
