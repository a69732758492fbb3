using System.Globalization;
using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>
/// Ensures that the restored instance (<c>rds.restore</c>) or cluster (<c>aurora.restore</c>) exists and is available. One of that name is
/// adopted by the run's tags only.
/// </summary>
internal sealed class RestoreHandler(string kind, AccountClients clients, RdsTimings timings) : RdsHandler<RestoreSettingsInput>(kind, clients, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(RdsStep<RestoreSettingsInput> step, CancellationToken cancellationToken)
    {
        await step.Context.Poller.UntilAsync(
            Wait(step, $"the restore of {step.Input.Source.What} to {step.Input.Target} to be taken on", step.Input.Source.Arn),
            token => BeginAsync(step, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        var resource = await AvailableAsync(step, step.Input.Target, step.IsCluster, cancellationToken).ConfigureAwait(false);
        return IsOurs(step, resource) ? Made(resource, step.IsCluster) : throw RdsFaults.NameTaken(step.What, step.Input.Source.Place);
    }

    private static async Task<Observation<bool>> BeginAsync(RdsStep<RestoreSettingsInput> step, CancellationToken cancellationToken)
    {
        var (input, source) = (step.Input, step.Input.Source);
        if (await FindAsync(step, input.Target, step.IsCluster, cancellationToken).ConfigureAwait(false) is { } existing)
            return IsOurs(step, existing) ? new Observation<bool>(Done: true, "found", Value: true) : throw RdsFaults.NameTaken(step.What, source.Place);

        // A plan may lie for a day between its making and its running.
        var live = await FindAsync(step, source.Identifier, source.IsCluster, cancellationToken).ConfigureAwait(false) ?? throw RdsFaults.Vanished(source.What, source.Place);
        if (Made(live, source.IsCluster).ResourceId is var id && id != source.ResourceId)
            throw RdsFaults.IdentityChanged(source, id);

        if (Reading.Time(live, "LatestRestorableTime") is { } latest && latest < input.RestoreTime)
            return new Observation<bool>(Done: false, $"waiting for the backups to reach the restore point; they are at {latest.UtcDateTime:HH:mm:ss}Z", Value: false);

        try
        {
            var parameters = Parameters(input);
            var answer = await SendAsync(
                step, parameters, step.IsCluster ? step.Service.RestoreClusterAsync : step.Service.RestoreInstanceAsync, cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(Id(answer, step), cancellationToken).ConfigureAwait(false);
            return new Observation<bool>(Done: true, "creating", Value: true);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
        }
    }

    private static string Id(XElement answer, RdsStep<RestoreSettingsInput> step) =>
        Reading.Text(answer, step.IsCluster ? "DBCluster" : "DBInstance", step.IsCluster ? "DBClusterArn" : "DBInstanceArn") ?? step.Input.Target;

    private static QueryParameters Parameters(RestoreSettingsInput input)
    {
        var time = input.RestoreTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var parameters = input.Source.IsCluster
            ? new QueryParameters { ["DBClusterIdentifier"] = input.Target, ["SourceDBClusterIdentifier"] = input.Source.Identifier, ["RestoreToTime"] = time }
            : new QueryParameters { ["TargetDBInstanceIdentifier"] = input.Target, ["SourceDbiResourceId"] = input.Source.ResourceId, ["RestoreTime"] = time };
        (input.Source.IsCluster ? ClusterSettings.Table : InstanceSettings.Table).PutRestore(parameters, input.Settings);

        // Any tag given takes the place of all that would be copied.
        parameters.AddPairs("Tags.Tag", "Key", "Value", RdsTags.Of(input.Tags, input.RunId, input.Source.ResourceId, input.RestoreTime));
        return parameters;
    }
}
