using System.Collections.Concurrent;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>What the handlers are given.</summary>
internal sealed class HandlerServices(AwsClientFactory factory, IWriterFence? fence, ServiceMode mode, DynamoDbTimings timings)
{
    private readonly ConcurrentDictionary<(string? Profile, string Region), string> _accounts = new();

    /// <summary>How long DynamoDB takes.</summary>
    public DynamoDbTimings Timings { get; } = timings;

    /// <summary>The clients for a table, once it is sure that they act in the table's account.</summary>
    public async Task<AwsClients> ClientsAsync(TableIdentity table, string resumeCommand, CancellationToken cancellationToken)
    {
        var clients = factory.For(table.Profile, table.Region, mode);
        if (!_accounts.TryGetValue((table.Profile, table.Region), out var account))
        {
            account = await clients.GetAccountAsync(cancellationToken).ConfigureAwait(false);
            _accounts[(table.Profile, table.Region)] = account;
        }

        return account == table.Account
            ? clients
            : throw new RestoreException(
                "AwsAccountMismatch",
                FaultCategory.AuthenticationError,
                $"The credentials belong to account {account}, but the plan is for {table.Name} in account {table.Account}.",
                table.Arn,
                $"Sign in to account {table.Account}, then go on with: {resumeCommand}");
    }

    /// <summary>Checks that no workload of the run could write.</summary>
    public Task EnsureNoWritersAsync(CancellationToken cancellationToken) => fence?.EnsureNoWritersAsync(cancellationToken) ?? Task.CompletedTask;
}
