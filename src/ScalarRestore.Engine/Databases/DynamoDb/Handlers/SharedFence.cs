using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>
/// Lets deletions that ask at about the same time share one look at the workloads, so that hundreds of tables do not flood the cluster with
/// questions. Only a look that found no writer is shared; whoever asks after a refusal looks anew.
/// </summary>
internal sealed class SharedFence(IWriterFence inner, TimeProvider clock) : IWriterFence
{
    /// <summary>How much earlier than a question the look may have begun that answers it.</summary>
    public static readonly TimeSpan Shared = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long? _cleanLook;

    /// <inheritdoc/>
    public async Task EnsureNoWritersAsync(CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A look that began while this question was waiting for its turn is as good as one of its own, however long it took.
            if (_cleanLook is { } look && clock.GetElapsedTime(look, asked) <= Shared)
                return;
            _cleanLook = null;
            var began = clock.GetTimestamp();
            await inner.EnsureNoWritersAsync(cancellationToken).ConfigureAwait(false);
            _cleanLook = began;
        }
        finally
        {
            _turn.Release();
        }
    }
}
