using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.FlexibleServers.Handlers;

/// <summary>What all steps on servers share: clients, ways to wait, ways to change one thing after the other.</summary>
internal abstract class FlexibleHandler<TInput>(FlexibleEngine engine, string verb, Func<AzureConnection, IArmClient> clientOf, FlexibleTimings timings) : IStepHandler
    where TInput : FlexibleStepInput
{
    /// <summary>How often a change may be answered without effect before it counts as refused.</summary>
    private const int MostTries = 3;

    /// <inheritdoc/>
    public string Kind { get; } = FlexiblePlanner.Kind(engine, verb);

    /// <summary>How long flexible servers take.</summary>
    protected FlexibleTimings Timings => timings;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<TInput>();
        var evidence = await EnsureAsync(new FlexibleStep<TInput>(context, input, clientOf(input.Source.Azure)), cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToNode(evidence, evidence.GetType(), PlanJson.Options)!.AsObject();
    }

    /// <summary>Ensures the step's post-condition.</summary>
    protected abstract Task<object> EnsureAsync(FlexibleStep<TInput> step, CancellationToken cancellationToken);

    /// <summary>Waits until the restored server, which has to be this run's, is Ready and has its host.</summary>
    protected Task<JsonObject> ReadyAsync(FlexibleStep<TInput> step, CancellationToken cancellationToken) => step.Context.Poller.UntilAsync(
        Wait(step, $"{step.What} to be Ready", step.Input.TargetId),
        async token => Look(step, await step.FindAsync(token).ConfigureAwait(false) ?? throw FlexibleFaults.Vanished(step.What, step.Place)),
        status => step.Context.Report(status),
        cancellationToken);

    /// <summary>
    /// Changes something until nothing differs any more, looking again after each change. What the service refuses is added to a list and left:
    /// it is no reason to give the whole restore up.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="what">What is changed, for messages.</param>
    /// <param name="different">Looks, and names what differs.</param>
    /// <param name="send">Changes what differs.</param>
    /// <param name="refused">Gets what the service refused.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    /// <returns>Whether anything was changed.</returns>
    protected async Task<bool> SettleAsync(
        FlexibleStep<TInput> step,
        string what,
        Func<CancellationToken, Task<IReadOnlyList<string>>> different,
        Func<IReadOnlyList<string>, CancellationToken, Task<ArmPoll>> send,
        List<string> refused,
        CancellationToken cancellationToken)
    {
        var tries = 0;
        return await step.Context.Poller.UntilAsync(
            Wait(step, $"{what} of {step.What}", step.Input.TargetId) with { Interval = timings.ShortPoll },
            async token =>
            {
                while (true)
                {
                    var open = await different(token).ConfigureAwait(false);
                    if (open.Count == 0)
                        return new Observation<bool>(Done: true, what, tries > 0);

                    if (tries == MostTries)
                    {
                        refused.Add($"{what}: {string.Join(", ", open)} not as before after {MostTries} changes");
                        return new Observation<bool>(Done: true, what, Value: true);
                    }

                    try
                    {
                        await ChangeAsync(step, what, change => send(open, change), token).ConfigureAwait(false);
                        tries++;
                    }
                    catch (RestoreException fault) when (ArmFaults.MayPass(fault))
                    {
                        // Nobody knows whether it was done: the next look tells.
                        return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
                    }
                    catch (RestoreException fault) when (ArmFaults.IsRefused(fault))
                    {
                        refused.Add($"{what}: {fault.Message}");
                        return new Observation<bool>(Done: true, what, tries > 0);
                    }
                }
            },
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Settles one concern of the server itself.</summary>
    protected Task SettleAsync(FlexibleStep<TInput> step, ServerConcern concern, JsonObject wanted, List<string> refused, CancellationToken cancellationToken) => SettleAsync(
        step,
        concern.Name,
        async token => concern.Differences(wanted, ArmJson.Properties(await ReadyAsync(step, token).ConfigureAwait(false))),
        (open, token) => step.Client.PatchAsync(step.Input.TargetId, concern.Change(wanted, open), token),
        refused,
        cancellationToken);

    /// <summary>How to wait for something that takes minutes.</summary>
    protected PollPlan Wait(FlexibleStep<TInput> step, string what, string target) => new()
    {
        What = what,
        Target = target,
        Timeout = step.Input.Timeout,
        Interval = timings.Poll,
        NextAction = $"See what Azure says of it, then go on with: {step.Context.ResumeCommand}",
    };

    private static Observation<JsonObject> Look(FlexibleStep<TInput> step, JsonObject server)
    {
        if (!step.IsOurs(server))
            throw FlexibleFaults.NameTaken(step.Input.Source, step.Input.Target);

        var word = FlexibleJson.State(server) ?? "unknown";
        if (FlexibleJson.IsStuck(word))
            throw FlexibleFaults.Dead(step.What, step.Place, word, step.Context.ResumeCommand);

        return new Observation<JsonObject>(ArmStates.Of(word) == ArmState.Succeeded && FlexibleJson.Host(server) is not null, word, server);
    }

    private async Task ChangeAsync(FlexibleStep<TInput> step, string what, Func<CancellationToken, Task<ArmPoll>> send, CancellationToken cancellationToken)
    {
        step.Context.Report($"setting {what}");
        var poll = await send(cancellationToken).ConfigureAwait(false);
        await step.Context.OperationStartedAsync(poll.Operation.ToText(), cancellationToken).ConfigureAwait(false);
        _ = await step.Context.Poller.UntilAsync(
            Wait(step, $"{what} of {step.What}", step.Input.TargetId) with { Interval = timings.ShortPoll },
            poll.LookAsync,
            status => step.Context.Report($"setting {what} ({status})"),
            cancellationToken).ConfigureAwait(false);
    }
}
