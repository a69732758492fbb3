using System.Collections.Concurrent;
using System.Security;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>
/// The keys of restored Cosmos DB accounts: given with the command, read from Azure, or asked for once. They are kept in memory and nowhere
/// else.
/// </summary>
internal sealed class AccountKeys(SecureString? given, IHostLink host, AccountKeyReader reader)
{
    /// <summary>Stands for a key where none is needed yet: a dry run, or a look at where it would go.</summary>
    public const string Dummy = "***";

    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of an account, if it is at hand.</summary>
    public string? Find(EndpointMove move) => _keys.GetValueOrDefault(move.New.Host);

    /// <summary>Sees to it that the keys of some accounts are at hand.</summary>
    /// <exception cref="RestoreException"><c>AccountKeyNeeded</c>, <c>AccountKeyAmbiguous</c>, and whatever Azure refuses.</exception>
    public async Task RequireAsync(IReadOnlyList<EndpointMove> moves, CancellationToken cancellationToken)
    {
        var accounts = moves.DistinctBy(move => move.New.Host, StringComparer.OrdinalIgnoreCase).Where(move => Find(move) is null).ToList();
        if (given is not null && accounts.Count > 1)
        {
            throw new RestoreException(
                "AccountKeyAmbiguous",
                FaultCategory.InvalidArgument,
                $"One account key is given, and {accounts.Count} accounts need theirs: {string.Join(", ", accounts.Select(move => move.New.Host))}.",
                accounts[0].New.Host,
                "Leave -AccountKey out to have each read from Azure or be asked for it, or update the values of one account at a time (-OldEndpoint, -NewEndpoint).");
        }

        foreach (var move in accounts)
        {
            _keys[move.New.Host] = given is { Length: > 0 }
                ? SecureText.Reveal(given)
                : await ReadAsync(move, cancellationToken).ConfigureAwait(false) ?? await AskAsync(move, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> ReadAsync(EndpointMove move, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.FindAsync(move, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (fault.Category is FaultCategory.PermissionDenied or FaultCategory.AuthenticationError)
        {
            // Whoever may restore need not be allowed to read keys, and somebody else may know the key.
            if (!host.CanAsk)
            {
                throw new RestoreException(fault.Id, fault.Category, fault.Message, fault.Target, $"{fault.Mend} Or give the key with -AccountKey.", fault)
                {
                    ServiceCode = fault.ServiceCode,
                };
            }

            host.Warning($"The key of the account {move.New.Host} could not be read: {fault.Message} {fault.Mend}");
            return null;
        }
    }

    private async Task<string> AskAsync(EndpointMove move, CancellationToken cancellationToken) =>
        host.CanAsk && await host.AskSecretAsync($"Key of the account {move.New.Host}", cancellationToken).ConfigureAwait(false) is { Length: > 0 } secret
            ? SecureText.Reveal(secret)
            : throw new RestoreException(
                "AccountKeyNeeded",
                FaultCategory.InvalidArgument,
                $"The restored account {move.New.Host} has another key than the old one, and it is needed where the old one is written.",
                move.New.Host,
                "Say with -AzureCredential how to sign in to Azure, or give the key with -AccountKey (a SecureString). Nothing was changed.");
}
