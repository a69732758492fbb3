using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>Ensures that one instance of a restored Aurora cluster exists and is available: a restored cluster has none by itself.</summary>
internal sealed class MemberHandler(AccountClients clients, RdsTimings timings) : RdsHandler<MemberInput>(StepKind, clients, timings)
{
    /// <summary>The kind of its steps.</summary>
    public const string StepKind = "aurora.member";

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(RdsStep<MemberInput> step, CancellationToken cancellationToken)
    {
        var member = step.Input.Member;
        await step.Context.Poller.UntilAsync(
            Wait(step, $"DB instance {member.Target} to be taken on", member.Target),
            token => BeginAsync(step, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        var instance = await AvailableAsync(step, member.Target, isCluster: false, cancellationToken).ConfigureAwait(false);
        if (!IsOurs(step, instance) || Reading.Text(instance, "DBClusterIdentifier") != step.Input.Target)
            throw RdsFaults.NameTaken($"DB instance {member.Target}", step.Input.Source.Place);

        return Made(instance, isCluster: false);
    }

    private static async Task<Observation<bool>> BeginAsync(RdsStep<MemberInput> step, CancellationToken cancellationToken)
    {
        var member = step.Input.Member;
        if (await step.Service.FindInstanceAsync(member.Target, cancellationToken).ConfigureAwait(false) is { } existing)
            return IsOurs(step, existing) ? new Observation<bool>(Done: true, "found", Value: true) : throw RdsFaults.NameTaken($"DB instance {member.Target}", step.Input.Source.Place);

        _ = await RestoredAsync(step, cancellationToken).ConfigureAwait(false);
        var parameters = new QueryParameters
        {
            ["DBInstanceIdentifier"] = member.Target,
            ["DBClusterIdentifier"] = step.Input.Target,
            ["Engine"] = step.Input.Source.Engine,
        };
        MemberSettings.Table.PutRestore(parameters, member.Settings);
        parameters.AddPairs("Tags.Tag", "Key", "Value", RdsTags.Of(member.Tags, step.Input.RunId, step.Input.Source.ResourceId, step.Input.RestoreTime));
        try
        {
            await SendAsync(step, parameters, step.Service.CreateInstanceAsync, cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(member.Target, cancellationToken).ConfigureAwait(false);
            return new Observation<bool>(Done: true, "creating", Value: true);
        }
        catch (RestoreException fault) when (MayPass(fault))
        {
            return new Observation<bool>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: false);
        }
    }
}
