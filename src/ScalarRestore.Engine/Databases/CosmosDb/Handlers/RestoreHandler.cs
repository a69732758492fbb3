using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>
/// Ensures that the restored account exists and is at rest. One of that name is adopted by the run's tags and its own restore parameters only,
/// and never put to again: that would be another change of it.
/// </summary>
internal sealed class RestoreHandler(Func<AzureConnection, IArmClient> clientOf, CosmosTimings timings) : CosmosHandler<RestoreAccountInput>("restore", clientOf, timings)
{
    /// <summary>Looks at an account whose restore was taken on, or may have been, and that is not there.</summary>
    private const int MostMisses = 10;

    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(CosmosStep<RestoreAccountInput> step, CancellationToken cancellationToken)
    {
        var refusals = 0;
        var poll = await step.Context.Poller.UntilAsync(
            Wait(step, $"the restore of {step.Input.Source.What} to {step.Input.Target} to be taken on", step.Input.Source.ResourceId),
            token => BeginAsync(step, () => ++refusals < MostMisses, token),
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
        if (poll is not null)
        {
            _ = await step.Context.Poller.UntilAsync(
                Wait(step, $"{step.What} to be restored", step.Input.TargetId), poll.LookAsync, status => step.Context.Report(status), cancellationToken).ConfigureAwait(false);
        }

        var account = await RestedAsync(step, cancellationToken).ConfigureAwait(false);
        return new MadeAccount(step.Input.Target, ArmJson.Text(ArmJson.Properties(account), "instanceId") ?? "");
    }

    private async Task<Observation<ArmPoll?>> BeginAsync(CosmosStep<RestoreAccountInput> step, Func<bool> mayWait, CancellationToken cancellationToken)
    {
        var (input, source) = (step.Input, step.Input.Source);
        if (await step.FindAsync(cancellationToken).ConfigureAwait(false) is { } existing)
            return step.IsOurs(existing) ? new Observation<ArmPoll?>(Done: true, "found", Value: null) : throw CosmosFaults.NameTaken(input.Target, step.Place);

        // A plan may lie for a day between its making and its running. What is restored from an earlier instance does not need the live one.
        var live = await step.Client.FindAsync(source.ResourceId, cancellationToken).ConfigureAwait(false);
        if (ArmJson.Text(ArmJson.Properties(live ?? []), "instanceId") is { } id && !string.Equals(id, source.InstanceId, StringComparison.OrdinalIgnoreCase))
            throw CosmosFaults.IdentityChanged(source, id);

        if (step.Context.Poller.Clock.GetUtcNow() < input.RestoreTime + Timings.BackupLag)
            return new Observation<ArmPoll?>(Done: false, "waiting for the backups to reach the restore point", Value: null);

        try
        {
            var poll = await step.Client.PutAsync(input.TargetId, Body(input), cancellationToken).ConfigureAwait(false);
            await step.Context.OperationStartedAsync(poll.Operation.ToText(), cancellationToken).ConfigureAwait(false);
            return new Observation<ArmPoll?>(Done: true, "creating", poll);
        }
        catch (RestoreException fault) when (ArmFaults.MayPass(fault) || (fault.Id is "AzureNameTaken" or "AzureConflict" && mayWait()))
        {
            // It may be this very call's first try, whose answer was lost.
            return new Observation<ArmPoll?>(Done: false, $"waiting ({fault.ServiceCode ?? fault.Id})", Value: null);
        }
    }

    /// <summary>
    /// The body: (Cosmos DB resource provider, DatabaseAccounts_CreateOrUpdate with createMode Restore; domain/azure.md, section 1.2.) Without
    /// the last two properties it would be open to the world, and to TLS 1.0.
    /// </summary>
    internal static JsonObject Body(RestoreAccountInput input)
    {
        var body = new JsonObject
        {
            ["location"] = ArmJson.Region(input.Source.Location),
            ["kind"] = "GlobalDocumentDB",
            ["tags"] = new JsonObject(AzureRunTags.Of(input.Tags, input.RunId, input.RestoreTime, input.Source.Name).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
            ["properties"] = new JsonObject
            {
                ["databaseAccountOfferType"] = "Standard",
                ["createMode"] = "Restore",
                ["locations"] = new JsonArray(new JsonObject
                {
                    ["locationName"] = ArmJson.Region(input.Source.Location), ["failoverPriority"] = 0, ["isZoneRedundant"] = input.IsZoneRedundant,
                }),
                ["restoreParameters"] = new JsonObject
                {
                    ["restoreMode"] = "PointInTime",
                    ["restoreSource"] = input.RestoreSource,
                    ["restoreTimestampInUtc"] = input.RestoreTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    ["restoreWithTtlDisabled"] = true,
                },
                ["publicNetworkAccess"] = "Disabled",
                ["minimalTlsVersion"] = "Tls12",
            },
        };
        if (input.ManagedIdentity is { } identity)
            body["identity"] = identity.DeepClone();

        return body;
    }

    /// <summary>What was made.</summary>
    /// <param name="Name">The account's name.</param>
    /// <param name="InstanceId">Its instance id.</param>
    private sealed record MadeAccount(string Name, string InstanceId);
}
