using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>What all steps on instances and clusters share: clients of the right account, ways to wait, ways to tell whose a database is.</summary>
internal abstract class RdsHandler<TInput>(string kind, AccountClients clients, RdsTimings timings) : IStepHandler
    where TInput : RdsStepInput
{
    /// <summary>About two minutes.</summary>
    private const int MostMisses = 10;

    private static readonly XElement NotFound = new("none");

    /// <inheritdoc/>
    public string Kind { get; } = kind;

    /// <summary>How long RDS takes.</summary>
    protected RdsTimings Timings => timings;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<TInput>();
        var source = input.Source;
        var account = await clients.ForAsync(source.Profile, source.Account, source.Region, source.What, context.ResumeCommand, cancellationToken).ConfigureAwait(false);
        var evidence = await EnsureAsync(new RdsStep<TInput>(context, input, account), cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToNode(evidence, evidence.GetType(), PlanJson.Options)!.AsObject();
    }

    /// <summary>Ensures the step's post-condition.</summary>
    protected abstract Task<object> EnsureAsync(RdsStep<TInput> step, CancellationToken cancellationToken);

    /// <summary>The instance or cluster of an identifier; null if there is none.</summary>
    protected static Task<XElement?> FindAsync(RdsStep<TInput> step, string identifier, bool isCluster, CancellationToken cancellationToken) =>
        isCluster ? step.Service.FindClusterAsync(identifier, cancellationToken) : step.Service.FindInstanceAsync(identifier, cancellationToken);

    /// <summary>What is restored, which has to be there and to be this run's.</summary>
    protected static async Task<XElement> RestoredAsync(RdsStep<TInput> step, CancellationToken cancellationToken)
    {
        var resource = await FindAsync(step, step.Input.Target, step.IsCluster, cancellationToken).ConfigureAwait(false) ?? throw RdsFaults.Vanished(step.What, step.Input.Source.Place);
        return IsOurs(step, resource) ? resource : throw RdsFaults.NameTaken(step.What, step.Input.Source.Place);
    }

    /// <summary>Whether a resource was made by this run from this source to this time.</summary>
    protected static bool IsOurs(RdsStep<TInput> step, XElement resource) =>
        RdsTags.AreOn(resource, step.Input.RunId, step.Input.Source.ResourceId, step.Input.RestoreTime);

    /// <summary>Waits until something can be used, several looks in a row. Right after it was made or renamed, the service may not know it yet.</summary>
    protected Task<XElement> AvailableAsync(RdsStep<TInput> step, string identifier, bool isCluster, CancellationToken cancellationToken)
    {
        var misses = 0;
        return step.Context.Poller.UntilAsync(
            Wait(step, $"{Name(identifier, isCluster)} to become available", identifier),
            async token =>
            {
                if (await FindAsync(step, identifier, isCluster, token).ConfigureAwait(false) is null && ++misses < MostMisses)
                    return new Observation<XElement>(Done: false, "not found yet", NotFound);

                misses = 0;
                return await LookAsync(step, identifier, isCluster, Timings.Looks, RdsStatus.IsUsable, token).ConfigureAwait(false);
            },
            status => step.Context.Report(status),
            cancellationToken);
    }

    /// <summary>Sends a restore or a creation; where the zone that is asked for is full, in any other.</summary>
    protected static async Task<XElement> SendAsync(RdsStep<TInput> step, QueryParameters parameters, Func<QueryParameters, CancellationToken, Task<XElement>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send(parameters, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (fault.Id == AwsFaults.CapacityMissing && parameters.Remove("AvailabilityZone"))
        {
            step.Context.Warn($"{step.Input.Target}: its zone has no instances left, so that AWS chooses another: {fault.Message}");
            return await send(parameters, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How to wait for something that takes minutes.</summary>
    protected PollPlan Wait(RdsStep<TInput> step, string what, string target) => new()
    {
        What = what,
        Target = target,
        Timeout = step.Input.Timeout,
        Interval = Timings.Poll,
        NextAction = $"See what AWS says of it, then go on with: {step.Context.ResumeCommand}",
    };

    /// <summary>Whether a refused or unanswered call may be decided anew after another look.</summary>
    protected static bool MayPass(RestoreException fault) =>
        fault.Retryable || fault.ServiceCode is "DBInstanceAlreadyExists" or "DBClusterAlreadyExistsFault" or "DBClusterEndpointAlreadyExistsFault" or "InvalidDBInstanceState"
            or "InvalidDBInstanceStateFault" or "InvalidDBClusterStateFault" or "DBInstanceRoleAlreadyExists" or "DBClusterRoleAlreadyExists" or "InternalFailure";

    /// <summary>The state of an instance or cluster.</summary>
    protected static string Status(XElement resource, bool isCluster) => Reading.Text(resource, isCluster ? "Status" : "DBInstanceStatus") ?? "unknown";

    /// <summary>What a resource is, as evidence.</summary>
    protected static MadeDatabase Made(XElement resource, bool isCluster) => isCluster
        ? new MadeDatabase(Reading.Text(resource, "DBClusterIdentifier")!, Reading.Text(resource, "DbClusterResourceId")!, Reading.Text(resource, "DBClusterArn")!)
        : new MadeDatabase(Reading.Text(resource, "DBInstanceIdentifier")!, Reading.Text(resource, "DbiResourceId")!, Reading.Text(resource, "DBInstanceArn")!);

    /// <summary>A look that refuses what is dead. Done is what is found so as many times in a row as asked for.</summary>
    protected async Task<Observation<XElement>> LookAsync(
        RdsStep<TInput> step, string identifier, bool isCluster, int looks, Func<string, bool> isDone, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var resource = await FindAsync(step, identifier, isCluster, cancellationToken).ConfigureAwait(false) ?? throw RdsFaults.Vanished(Name(identifier, isCluster), step.Input.Source.Place);
            var status = Status(resource, isCluster);
            if (RdsStatus.IsDead(status))
                throw await DeadAsync(step, identifier, isCluster, status, cancellationToken).ConfigureAwait(false);

            if (!isDone(status) || look == looks)
                return new Observation<XElement>(isDone(status), status, resource);

            await step.Context.Poller.DelayAsync(Timings.SecondLook, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Name(string identifier, bool isCluster) => isCluster ? $"DB cluster {identifier}" : $"DB instance {identifier}";

    private static async Task<RestoreException> DeadAsync(RdsStep<TInput> step, string identifier, bool isCluster, string status, CancellationToken cancellationToken)
    {
        var events = await step.Service.ListEventsAsync(identifier, isCluster, step.Context.FirstBegunAt.AddMinutes(-5), cancellationToken).ConfigureAwait(false);
        return RdsFaults.Dead(
            Name(identifier, isCluster),
            step.Input.Source.Place,
            status,
            [.. events.Select(one => $"{Reading.Text(one, "Date")} {Reading.Text(one, "Message")}")],
            step.Context.ResumeCommand);
    }
}
