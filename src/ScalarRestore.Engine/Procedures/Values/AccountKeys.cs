using System.Collections.Concurrent;
using System.Security;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>The keys of restored Cosmos DB accounts: given with the command, or asked for once. They are kept in memory and nowhere else.</summary>
internal sealed class AccountKeys(SecureString? given, IHostLink host)
{
    /// <summary>Stands for a key where none is needed yet: a dry run, or a look at where it would go.</summary>
    public const string Dummy = "***";

    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of an account, if it is at hand.</summary>
    public string? Find(EndpointMove move) => _keys.GetValueOrDefault(move.New.Host);

    /// <summary>Sees to it that the keys of some accounts are at hand.</summary>
    /// <exception cref="RestoreException"><c>AccountKeyNeeded</c>, <c>AccountKeyAmbiguous</c>.</exception>
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
                "Update the values of one account at a time (-OldEndpoint, -NewEndpoint), or leave -AccountKey out to be asked for each.");
        }

        foreach (var move in accounts)
        {
            var secret = given ?? (host.CanAsk ? await host.AskSecretAsync($"Key of the account {move.New.Host}", cancellationToken).ConfigureAwait(false) : null);
            if (secret is not { Length: > 0 })
            {
                throw new RestoreException(
                    "AccountKeyNeeded",
                    FaultCategory.InvalidArgument,
                    $"The restored account {move.New.Host} has another key than the old one, and it is needed where the old one is written.",
                    move.New.Host,
                    "Give it with -AccountKey (a SecureString). Nothing was changed.");
            }

            _keys[move.New.Host] = SecureText.Reveal(secret);
        }
    }
}
