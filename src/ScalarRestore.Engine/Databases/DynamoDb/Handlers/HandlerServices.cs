using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>What the handlers are given.</summary>
internal sealed class HandlerServices(AwsClientFactory factory, IWriterFence? fence, ServiceMode mode, DynamoDbTimings timings)
{
    private readonly AccountClients _clients = new(factory, mode);

    /// <summary>How long DynamoDB takes.</summary>
    public DynamoDbTimings Timings { get; } = timings;

    /// <summary>The clients for a table, once it is sure that they act in the table's account.</summary>
    public Task<AwsClients> ClientsAsync(TableIdentity table, string resumeCommand, CancellationToken cancellationToken) =>
        _clients.ForAsync(table.Profile, table.Account, table.Region, table.Name, resumeCommand, cancellationToken);

    /// <summary>Checks that no workload of the run could write.</summary>
    public Task EnsureNoWritersAsync(CancellationToken cancellationToken) => fence?.EnsureNoWritersAsync(cancellationToken) ?? Task.CompletedTask;
}
