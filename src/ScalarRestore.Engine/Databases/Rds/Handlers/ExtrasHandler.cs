using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>Ensures an Aurora cluster's custom endpoints, over the new instances, and the automatic scaling of its readers.</summary>
internal sealed class ExtrasHandler(AccountClients clients, RdsTimings timings) : RdsHandler<ClusterExtrasInput>(StepKind, clients, timings)
{
    /// <summary>The kind of its steps.</summary>
    public const string StepKind = "aurora.extras";

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(RdsStep<ClusterExtrasInput> step, CancellationToken cancellationToken)
    {
        _ = await RestoredAsync(step, cancellationToken).ConfigureAwait(false);
        foreach (var endpoint in step.Input.Endpoints)
        {
            await step.Context.Poller.UntilAsync(
                Wait(step, $"custom endpoint {endpoint.Target} to become available", endpoint.Target),
                token => EndpointAsync(step, endpoint, token),
                status => step.Context.Report(status),
                cancellationToken).ConfigureAwait(false);
        }

        // These calls are upserts by name.
        var scaling = step.Clients.RdsScaling;
        foreach (var target in step.Input.Scaling.Targets)
            await scaling.RegisterTargetAsync(target, cancellationToken).ConfigureAwait(false);

        foreach (var policy in step.Input.Scaling.Policies)
            await scaling.PutPolicyAsync(policy, cancellationToken).ConfigureAwait(false);

        foreach (var action in step.Input.Scaling.Actions)
            await scaling.PutScheduledActionAsync(action, cancellationToken).ConfigureAwait(false);

        return new ReappliedSettings([]);
    }

    private static async Task<Observation<bool>> EndpointAsync(RdsStep<ClusterExtrasInput> step, CustomEndpoint wanted, CancellationToken cancellationToken)
    {
        var found = (await step.Service.ListClusterEndpointsAsync(step.Input.Target, cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(endpoint => Reading.Text(endpoint, "DBClusterEndpointIdentifier") == wanted.Target);
        if (found is not null)
        {
            // It stays inactive as long as none of its instances is of its kind.
            return new Observation<bool>(Reading.Text(found, "Status") is "available" or "inactive", Reading.Text(found, "Status") ?? "unknown", Value: true);
        }

        var parameters = new QueryParameters
        {
            ["DBClusterIdentifier"] = step.Input.Target,
            ["DBClusterEndpointIdentifier"] = wanted.Target,
            ["EndpointType"] = wanted.Type,
        };
        parameters.AddList("StaticMembers.member", wanted.StaticMembers);
        parameters.AddList("ExcludedMembers.member", wanted.ExcludedMembers);
        try
        {
            await step.Service.CreateClusterEndpointAsync(parameters, cancellationToken).ConfigureAwait(false);
            return new Observation<bool>(Done: false, "creating", Value: false);
        }
        catch (RestoreException fault) when (MayPass(fault) && fault.ServiceCode != "DBClusterEndpointAlreadyExistsFault")
        {
            return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
        }
    }
}
