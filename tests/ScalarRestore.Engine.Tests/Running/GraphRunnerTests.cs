using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Tests.Journal;
using ScalarRestore.Engine.Tests.Planning;

namespace ScalarRestore.Engine.Tests.Running;

public sealed class GraphRunnerTests
{
    private readonly FakeHost _host = new();

    [Fact]
    public async Task Steps_run_after_what_they_depend_on_and_longest_chain_first()
    {
        var handler = new FakeHandler((_, _) => Task.CompletedTask);
        await RunAsync(
            [Steps.Make("short", 1, "one"), Steps.Make("long", 9, "one"), Steps.Make("last", 1, "one", "short", "long")], Steps.Limit("one", 1), handler);

        Assert.Equal(["long", "short", "last"], handler.Begun);
    }

    [Fact]
    public async Task A_step_goes_by_what_a_like_one_took()
    {
        var handler = new FakeHandler((context, token) => Task.Delay(context.Step.Key == "copy b" ? 200 : 1, token));
        await RunAsync(
            [
                Steps.Make("copy a"), Steps.Make("copy b"),
                Steps.Make("a", 1, "one", "copy a", "copy b") with { Like = "copy a" },
                Steps.Make("b", 1, "one", "copy a", "copy b") with { Like = "copy b" },
            ],
            Steps.Limit("one", 1),
            handler);

        Assert.Equal(["b", "a"], handler.Begun.Skip(2));
    }

    [Fact]
    public async Task A_limit_is_never_exceeded_and_is_used_to_the_full()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = 0;
        var handler = new FakeHandler((_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 3)
            {
                gate.SetResult();
            }

            return gate.Task;
        });
        await RunAsync([.. Enumerable.Range(0, 12).Select(i => Steps.Make($"s{i}", 1, "three"))], Steps.Limit("three", 3), handler);

        Assert.Equal(3, handler.MostAtOnce);
        Assert.Equal(12, handler.Begun.Count);
    }

    [Fact]
    public async Task When_a_step_fails_the_others_go_on_and_what_depends_on_it_does_not()
    {
        var handler = new FakeHandler((context, _) =>
            context.Step.Key == "bad" ? throw new RestoreException("Broken", FaultCategory.InvalidData, "it broke", "thing") : Task.CompletedTask);
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync(
            [Steps.Make("bad"), Steps.Make("after bad", 1, null, "bad"), Steps.Make("good"), Steps.Make("after good", 1, null, "good")], Steps.NoLimits, handler));

        Assert.Equal("Broken", fault.Id);
        Assert.Contains("after good", handler.Begun);
        Assert.DoesNotContain("after bad", handler.Begun);
    }

    [Fact]
    public async Task All_faults_are_told()
    {
        var handler = new FakeHandler((context, _) => throw new InvalidOperationException($"no {context.Step.Key}"));
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync([Steps.Make("a"), Steps.Make("b")], Steps.NoLimits, handler));

        Assert.Equal("StepsFailed", fault.Id);
        Assert.Equal(2, fault.Faults.Count);
        Assert.All(fault.Faults, item => Assert.Equal("StepFailed", item.Id));
    }

    [Fact]
    public async Task When_stopped_nothing_more_is_begun_and_what_was_begun_has_settled()
    {
        using var stop = new CancellationTokenSource();
        var settled = false;
        var handler = new FakeHandler(async (_, token) =>
        {
            await stop.CancelAsync();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                await Task.Yield();
                settled = true;
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            [Steps.Make("a", 2, "one"), Steps.Make("b", 1, "one")], Steps.Limit("one", 1), handler, stop: stop.Token));

        Assert.True(settled);
        Assert.Equal(["a"], handler.Begun);
    }

    [Fact]
    public async Task A_second_run_does_only_what_is_not_done()
    {
        var store = new MemoryStore();
        var first = new FakeHandler((context, _) => context.Step.Key == "b" ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        PlannedStep[] steps = [Steps.Make("a"), Steps.Make("b", 1, null, "a"), Steps.Make("c", 1, null, "b")];
        await Assert.ThrowsAsync<RestoreException>(() => RunAsync(steps, Steps.NoLimits, first, store: store));

        var second = new FakeHandler((context, _) =>
        {
            Assert.Equal("a", context.EvidenceOf("a")["did"]!.GetValue<string>());
            return Task.CompletedTask;
        });
        await RunAsync(steps, Steps.NoLimits, second, store: store);

        Assert.Equal(["b", "c"], second.Begun);
    }

    [Fact]
    public async Task An_operation_id_is_found_again_by_the_next_process()
    {
        var store = new MemoryStore();
        var first = new FakeHandler(async (context, token) =>
        {
            await context.OperationStartedAsync("op-1", token);
            throw new InvalidOperationException("crash");
        });
        await Assert.ThrowsAsync<RestoreException>(() => RunAsync([Steps.Make("a")], Steps.NoLimits, first, store: store));

        string? found = null;
        await RunAsync(
            [Steps.Make("a")],
            Steps.NoLimits,
            new FakeHandler((context, _) =>
            {
                found = context.OperationId;
                return Task.CompletedTask;
            }),
            store: store);

        Assert.Equal("op-1", found);
    }

    [Fact]
    public async Task Progress_never_goes_back_and_never_shows_a_hundred_before_the_end()
    {
        await RunAsync(
            [.. Enumerable.Range(0, 20).Select(i => Steps.Make($"s{i}", i, null, i == 0 ? [] : [$"s{i - 1}"]))],
            Steps.NoLimits,
            new FakeHandler((_, _) => Task.CompletedTask));

        var percents = _host.Updates.Where(update => update.Parent is null && update.Percent is not null).Select(update => update.Percent!.Value).ToList();
        Assert.NotEmpty(percents);
        Assert.Equal(percents.Order(), percents);
        Assert.All(percents, percent => Assert.InRange(percent, 0, 99));
    }

    private async Task RunAsync(
        IReadOnlyList<PlannedStep> steps,
        IReadOnlyDictionary<string, int> limits,
        FakeHandler handler,
        MemoryStore? store = null,
        CancellationToken stop = default)
    {
        var plan = PlanBuilder.Build(RestorePhase.Restoring, steps, limits);
        await using var journal = await RunJournal.OpenAsync(store ?? new MemoryStore(), TimeProvider.System, _host, CancellationToken.None);
        var ledger = new JournalLedger(journal, "run", _host);
        var runner = new GraphRunner(
            plan,
            new Dictionary<string, IStepHandler> { ["test"] = handler },
            ledger,
            new RunProgress(_host, TimeProvider.System, "test", plan, ledger.IsDone),
            new Poller(TimeProvider.System, new Random(1)));
        await runner.RunAsync(stop);
    }
}
