using System.Collections.Concurrent;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Clients for steps, once it is sure that they act in the account that was planned for.</summary>
internal sealed class AccountClients(AwsClientFactory factory, ServiceMode mode)
{
    private readonly ConcurrentDictionary<(string? Profile, string Region), string> _accounts = new();

    /// <summary>The clients of an account.</summary>
    /// <param name="profile">The profile; null for the SDK's default chain.</param>
    /// <param name="account">The account that was planned for.</param>
    /// <param name="region">The region.</param>
    /// <param name="what">What is worked on, for the message.</param>
    /// <param name="resumeCommand">The command that goes on.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RestoreException"><c>AwsAccountMismatch</c>.</exception>
    public async Task<AwsClients> ForAsync(string? profile, string account, string region, string what, string resumeCommand, CancellationToken cancellationToken)
    {
        var clients = factory.For(profile, region, mode);
        if (!_accounts.TryGetValue((profile, region), out var actual))
        {
            actual = await clients.GetAccountAsync(cancellationToken).ConfigureAwait(false);
            _accounts[(profile, region)] = actual;
        }

        return actual == account
            ? clients
            : throw new RestoreException(
                "AwsAccountMismatch",
                FaultCategory.AuthenticationError,
                $"The credentials belong to account {actual}, but the plan is for {what} in account {account}.",
                what,
                $"Sign in to account {account}, then go on with: {resumeCommand}");
    }
}
