using Microsoft.Extensions.Time.Testing;
using ScalarRestore.Engine.Databases.DynamoDb.Handlers;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.DynamoDb;

public sealed class SharedFenceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Those_who_ask_at_about_the_same_time_share_a_look()
    {
        var inner = new CountingFence();
        var fence = new SharedFence(inner, _clock);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => fence.EnsureNoWritersAsync(CancellationToken.None))));
        _clock.Advance(SharedFence.Shared);
        await fence.EnsureNoWritersAsync(CancellationToken.None);
        Assert.Equal(1, inner.Looks);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await fence.EnsureNoWritersAsync(CancellationToken.None);
        Assert.Equal(2, inner.Looks);
    }

    [Fact]
    public async Task Those_who_wait_for_a_slow_look_share_the_next_one()
    {
        var first = new TaskCompletionSource();
        var inner = new CountingFence { Wait = first.Task };
        var fence = new SharedFence(inner, _clock);
        var slow = fence.EnsureNoWritersAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var others = Enumerable.Range(0, 5).Select(_ => fence.EnsureNoWritersAsync(CancellationToken.None)).ToList();
        first.SetResult();
        await Task.WhenAll([slow, .. others]);
        Assert.Equal(2, inner.Looks);
    }

    [Fact]
    public async Task A_refusal_is_never_shared_nor_is_what_was_clean_before_it()
    {
        var inner = new CountingFence { Refuses = true };
        var fence = new SharedFence(inner, _clock);
        for (var i = 1; i <= 3; i++)
        {
            await Assert.ThrowsAsync<RestoreException>(() => fence.EnsureNoWritersAsync(CancellationToken.None));
            Assert.Equal(i, inner.Looks);
        }

        inner.Refuses = false;
        await fence.EnsureNoWritersAsync(CancellationToken.None);
        Assert.Equal(4, inner.Looks);
        inner.Refuses = true;
        _clock.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<RestoreException>(() => fence.EnsureNoWritersAsync(CancellationToken.None));
        await Assert.ThrowsAsync<RestoreException>(() => fence.EnsureNoWritersAsync(CancellationToken.None));
        Assert.Equal(6, inner.Looks);
    }

    private sealed class CountingFence : IWriterFence
    {
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public bool Refuses { get; set; }

        public Task Wait { get; init; } = Task.CompletedTask;

        public async Task EnsureNoWritersAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            await Wait;
            if (Refuses)
                throw new RestoreException("WritersPresent", FaultCategory.InvalidOperation, "A pod is back.");
        }
    }
}
