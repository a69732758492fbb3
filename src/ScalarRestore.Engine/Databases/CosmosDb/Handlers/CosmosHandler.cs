using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>What all steps on accounts share: clients, ways to wait, ways to change one thing after the other.</summary>
internal abstract class CosmosHandler<TInput>(string verb, Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : IStepHandler
    where TInput : CosmosStepInput
{
    /// <summary>How often a change may be answered without effect before it counts as refused.</summary>
    protected const int MostTries = 3;

    /// <inheritdoc/>
    public string Kind { get; } = CosmosPlanner.Kind(verb);

    /// <summary>How long Cosmos DB takes.</summary>
    protected CosmosTimings Timings => timings;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<TInput>();
        var evidence = await EnsureAsync(new CosmosStep<TInput>(context, input, clientOf(input.Source.Azure)), cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToNode(evidence, evidence.GetType(), PlanJson.Options)!.AsObject();
    }

    /// <summary>Ensures the step's post-condition.</summary>
    protected abstract Task<object> EnsureAsync(CosmosStep<TInput> step, CancellationToken cancellationToken);

    /// <summary>Waits until the restored account, which has to be this run's, is at rest.</summary>
    protected Task<JsonObject> RestedAsync(CosmosStep<TInput> step, CancellationToken cancellationToken) => step.Context.Poller.UntilAsync(
        Wait(step, $"{step.What} to be at rest", step.Input.TargetId),
        async token => Look(step, await step.FindAsync(token).ConfigureAwait(false) ?? throw CosmosFaults.Vanished(step.What, step.Place)),
        status => step.Context.Report(status),
        cancellationToken);

    /// <summary>A look that refuses what is dead or somebody else's.</summary>
    protected static Observation<JsonObject> Look(CosmosStep<TInput> step, JsonObject account)
    {
        if (!step.IsOurs(account))
            throw CosmosFaults.NameTaken(step.Input.Target, step.Place);

        var word = ArmStates.WordIn(account) ?? "unknown";
        return ArmStates.Of(word) switch
        {
            ArmState.Failed or ArmState.Canceled => throw CosmosFaults.Dead(step.What, step.Place, word, step.Context.ResumeCommand),
            ArmState.Succeeded => new Observation<JsonObject>(CosmosJson.Endpoint(account) is not null, word, account),
            _ => new Observation<JsonObject>(Done: false, word, account),
        };
    }

    /// <summary>
    /// Sends a change and waits for its end. False if it was not taken on, or nobody knows whether it was: then the caller looks again. What
    /// the service refuses for good is thrown.
    /// </summary>
    protected async Task<bool> ChangeAsync(CosmosStep<TInput> step, string what, Func<CancellationToken, Task<ArmPoll>> send, CancellationToken cancellationToken)
    {
        step.Context.Report(what);
        try
        {
            var poll = await send(cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(poll.Operation.ToText(), cancellationToken).ConfigureAwait(false);
            _ = await step.Context.Poller.UntilAsync(
                Wait(step, $"{what} of {step.What}", step.Input.TargetId) with { Interval = timings.ShortPoll }, poll.LookAsync, status => step.Context.Report($"{what} ({status})"), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RestoreException fault) when (ArmFaults.MayPass(fault))
        {
            step.Context.Report($"waiting ({fault.ServiceCode ?? fault.Id})");
            await step.Context.Poller.DelayAsync(timings.ShortPoll, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>How to wait for something that takes minutes.</summary>
    protected PollPlan Wait(CosmosStep<TInput> step, string what, string target) => new()
    {
        What = what,
        Target = target,
        Timeout = step.Input.Timeout,
        Interval = timings.Poll,
        NextAction = $"See what Azure says of it, then go on with: {step.Context.ResumeCommand}",
    };

    /// <summary>The containers of an account, of the databases of some containers.</summary>
    protected static async Task<IReadOnlySet<CosmosContainer>> ContainersAsync(CosmosStep<TInput> step, IEnumerable<CosmosContainer> of, CancellationToken cancellationToken)
    {
        var found = new HashSet<CosmosContainer>();
        foreach (var database in of.Select(container => container.Database).Distinct(StringComparer.Ordinal))
        {
            var containers = await step.Client.ListOrNoneAsync(step.In($"sqlDatabases/{Uri.EscapeDataString(database)}/containers"), cancellationToken).ConfigureAwait(false);
            found.UnionWith(containers.Select(container => new CosmosContainer(database, ArmJson.Text(container, "name")!)));
        }

        return found;
    }

    /// <summary>The containers of the restored account into which ScalarDB cannot write, for want of its stored procedure.</summary>
    protected static async Task<IReadOnlyList<CosmosContainer>> WithoutMutateAsync(CosmosStep<TInput> step, IReadOnlyList<CosmosContainer> containers, CancellationToken cancellationToken)
    {
        var without = new List<CosmosContainer>();
        foreach (var container in containers.Where(container => !container.IsMetadata))
        {
            var procedures = await step.Client.ListAsync(step.In($"{container.Path}/storedProcedures"), cancellationToken).ConfigureAwait(false);
            if (!procedures.Any(procedure => ArmJson.Text(procedure, "name") == ProceduresHandler.Mutate))
                without.Add(container);
        }

        return without;
    }

    /// <summary>Refuses an account that lacks containers of the restore point.</summary>
    protected static async Task RequireContainersAsync(CosmosStep<TInput> step, IReadOnlyList<CosmosContainer> containers, CancellationToken cancellationToken)
    {
        var present = await ContainersAsync(step, containers, cancellationToken).ConfigureAwait(false);
        if (containers.Where(container => !present.Contains(container)).ToList() is { Count: > 0 } missing)
            throw CosmosFaults.ContainersMissing(step.What, step.Place, missing, step.Context.ResumeCommand);
    }
}
