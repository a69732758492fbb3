using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>The last look: available several times in a row, this run's, with every instance; and everything that is not as before is listed.</summary>
internal sealed class VerifyHandler(string kind, AccountClients clients, RdsTimings timings) : RdsHandler<RestoreSettingsInput>(kind, clients, timings)
{
    /// <inheritdoc/>
    protected override async Task<object> EnsureAsync(RdsStep<RestoreSettingsInput> step, CancellationToken cancellationToken)
    {
        // All at once: each is looked at several times.
        var members = Task.WhenAll(step.Input.Members.Select(member => AvailableAsync(step, member.Target, isCluster: false, cancellationToken)));
        var resource = await ReachableAsync(step, cancellationToken).ConfigureAwait(false);
        var instances = await members.ConfigureAwait(false);
        if (!IsOurs(step, resource))
            throw RdsFaults.NameTaken(step.What, step.Input.Source.Place);

        var table = step.IsCluster ? ClusterSettings.Table : InstanceSettings.Table;
        var drift = new List<string>(Words(table.Differences(step.Input.Settings, table.Read(resource))));
        drift.AddRange(Tags(step.Input.Tags, Reading.Tags(resource)));
        drift.AddRange(Roles(step.Input.Roles, resource));
        drift.AddRange(Pending(resource));
        drift.AddRange(step.Input.Lost);
        var endpoints = new List<RdsEndpoint>(RdsEndpoints.Of(resource, step.IsCluster));
        if (step.IsCluster)
            await AddMembersAsync(step, resource, instances, endpoints, drift, cancellationToken).ConfigureAwait(false);

        foreach (var line in drift)
            step.Context.Warn($"{step.Input.Target}: {line}");

        return new VerifiedDatabase { Database = Made(resource, step.IsCluster), Endpoints = endpoints, Drift = drift };
    }

    // After a renaming, the endpoint follows the name a little later.
    private async Task<XElement> ReachableAsync(RdsStep<RestoreSettingsInput> step, CancellationToken cancellationToken)
    {
        var former = RdsNames.Restored(step.Input.RunId, step.Input.Source.Identifier);
        return await step.Context.Poller.UntilAsync(
            Wait(step, $"the endpoint of {step.What} to follow its name", step.Input.Target),
            async token =>
            {
                var resource = await AvailableAsync(step, step.Input.Target, step.IsCluster, token).ConfigureAwait(false);
                var isFormer = former != step.Input.Target && RdsEndpoints.Of(resource, step.IsCluster).Any(endpoint => endpoint.Address.StartsWith(former + ".", StringComparison.Ordinal));
                return new Observation<XElement>(!isFormer, isFormer ? "waiting for the endpoint" : "available", resource);
            },
            status => step.Context.Report(status),
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddMembersAsync(
        RdsStep<RestoreSettingsInput> step, XElement cluster, IReadOnlyList<XElement> instances, List<RdsEndpoint> endpoints, List<string> drift, CancellationToken cancellationToken)
    {
        var customs = step.Input.CustomEndpoints.Count == 0 ? [] : await step.Service.ListClusterEndpointsAsync(step.Input.Target, cancellationToken).ConfigureAwait(false);
        foreach (var custom in customs)
        {
            if (Reading.Text(custom, "EndpointType") == "CUSTOM" && Reading.Text(custom, "Endpoint") is { } host)
                endpoints.Add(new RdsEndpoint(RdsEndpoint.Custom(Reading.Text(custom, "DBClusterEndpointIdentifier") ?? ""), $"{host}:{Reading.Text(cluster, "Port")}"));
        }

        foreach (var (member, instance) in step.Input.Members.Zip(instances))
        {
            endpoints.AddRange(RdsEndpoints.Of(instance, isCluster: false).Select(endpoint => endpoint with { Role = RdsEndpoint.Member(member.Target) }));
            drift.AddRange(Words(MemberSettings.Table.Differences(member.Settings, MemberSettings.Table.Read(instance))).Select(line => $"{member.Target}: {line}"));
            drift.AddRange(Tags(member.Tags, Reading.Tags(instance)).Select(line => $"{member.Target}: {line}"));
            drift.AddRange(Pending(instance).Select(line => $"{member.Target}: {line}"));
        }

        // An available cluster without instances is nothing that anybody could connect to.
        var count = cluster.Element("DBClusterMembers")?.Elements().Count() ?? 0;
        if (count < Math.Max(1, step.Input.Members.Count))
            throw RdsFaults.Vanished($"an instance of {step.What} (it has {count}, and should have {Math.Max(1, step.Input.Members.Count)})", step.Input.Source.Place);
    }

    private static IEnumerable<string> Words(IReadOnlyList<(RdsSetting Setting, string? Before, string? Now)> differences) =>
        differences.Select(difference => $"{difference.Setting.Name} is {difference.Now ?? "not set"} instead of {difference.Before ?? "not set"}");

    private static IEnumerable<string> Tags(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        RdsTags.Foreign(before).Where(tag => now.GetValueOrDefault(tag.Key) != tag.Value).Select(tag => $"tag {tag.Key} is not as before");

    private static IEnumerable<string> Roles(IReadOnlyList<RdsRole> before, XElement resource)
    {
        var present = (resource.Element("AssociatedRoles")?.Elements() ?? []).Select(role => (Reading.Text(role, "RoleArn"), Reading.Text(role, "FeatureName"))).ToHashSet();
        return before.Where(role => !present.Contains((role.Arn, role.Feature))).Select(role => $"role {role.Arn} is missing");
    }

    // Until a reboot, the instance runs with other parameters than the group says.
    private static IEnumerable<string> Pending(XElement resource) =>
        (resource.Element("DBParameterGroups")?.Elements() ?? [])
            .Where(group => Reading.Text(group, "ParameterApplyStatus") == "pending-reboot")
            .Select(group => $"parameter group {Reading.Text(group, "DBParameterGroupName")} waits for a reboot: aws rds reboot-db-instance --db-instance-identifier {Reading.Text(resource, "DBInstanceIdentifier")}");
}
