using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Databases.Rds.Settings;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>Reads everything of a database that its restore needs, and judges whether it can be restored. Reads only.</summary>
internal sealed class RdsCapturer(AwsClientFactory factory, TimeProvider clock)
{
    private const string ReadersDimension = "rds:cluster:ReadReplicaCount";

    /// <summary>The times to which it can be restored.</summary>
    public async Task<RestoreWindow> WindowAsync(FoundDatabase found, CancellationToken cancellationToken)
    {
        var latest = Reading.Time(found.Resource, "LatestRestorableTime");
        if (found.Identity.IsCluster)
            return new RestoreWindow(Reading.Time(found.Resource, "EarliestRestorableTime"), latest);

        var backups = await Clients(found).Rds.ListAutomatedBackupsAsync(found.Identity.ResourceId, cancellationToken).ConfigureAwait(false);
        var window = backups.Select(backup => backup.Element("RestoreWindow")).FirstOrDefault(one => one is { HasElements: true });
        return new RestoreWindow(Reading.Time(window, "EarliestTime"), latest ?? Reading.Time(window, "LatestTime"));
    }

    /// <summary>What stands against any restore of it.</summary>
    public static IReadOnlyList<RestoreException> Judge(FoundDatabase found, RestoreWindow window)
    {
        var (source, faults) = (found.Identity, new List<RestoreException>());
        if (Reading.Text(found.Resource, "EngineMode") == "serverless")
        {
            faults.Add(Fault(
                "EngineModeNotSupported", source, $"{source.What} in {source.Place} is Aurora Serverless v1, which AWS has retired.", "Upgrade it to Serverless v2, or restore it by hand."));
        }

        if (Reading.Number(Reading.Text(found.Resource, "BackupRetentionPeriod")) is null or 0)
        {
            faults.Add(Fault(
                "BackupsOff", source, $"{source.What} in {source.Place} has no automated backups (its retention is 0 days), so that it cannot be restored to any time.", "Restore a snapshot by hand, if there is one."));
        }
        else if (window.Latest is null)
        {
            faults.Add(Fault("BackupsOff", source, $"{source.What} in {source.Place} has no automated backup yet.", "Wait until its first backup is complete."));
        }

        if (source.IsCluster && found.Members.Count == 0)
        {
            faults.Add(Fault(
                "ClusterWithoutInstances", source, $"{source.What} in {source.Place} has no instances, so that nobody can connect to it, and it is not known which ones what is restored should have.", "Make an instance in it, or restore it by hand."));
        }

        // One that has failed is restored from its backups all the same: that is what they are for.
        if (RdsStatus.IsLost(Status(found)))
            faults.Add(Fault("DatabaseUnusable", source, $"{source.What} in {source.Place} is {Status(found)}.", "Make its KMS key usable again if it has one, or restore it by hand from its automated backup."));

        return faults;
    }

    /// <summary>What else a renaming does, for who consents to it.</summary>
    public static IEnumerable<string> Renaming(FoundDatabase found)
    {
        if (found.Resource.Element("PendingModifiedValues")?.Elements().Select(pending => pending.Name.LocalName).ToList() is { Count: > 0 } pending)
            yield return $"its pending changes ({string.Join(", ", pending)}) are made when it is renamed, at once";

        if (found.Members.Count > 0 && !ClusterSettings.HasOwnInstances(found.Identity.Engine))
            yield return "the cluster keeps its name, its instances and custom endpoints have new ones";
    }

    /// <summary>Captures one.</summary>
    public async Task<(RestorableDatabase? Database, IReadOnlyList<RestoreException> Faults)> CaptureAsync(
        FoundDatabase found, RestoreWindow window, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var source = found.Identity;
        var faults = new List<RestoreException>(Judge(found, window));
        if (intent.KeepIdentifier && !RdsStatus.IsAvailable(Status(found)))
        {
            faults.Add(Fault(
                "DatabaseUnusable", source, $"{source.What} in {source.Place} is {Status(found)}, and only an available one can be renamed aside.", "Leave out -KeepIdentifier, or bring it to available first."));
        }

        if (window.Earliest is { } first && intent.RestoreTime < first)
        {
            faults.Add(Fault(
                "RestoreTimeOutOfWindow",
                source,
                $"{source.What} in {source.Place} can be restored to {UtcText.Of(first)} at the earliest, and not to {UtcText.Of(intent.RestoreTime)}.",
                "Choose a later restore point, or restore a snapshot by hand."));
        }

        // What does not run writes no backups either.
        if (window.Latest is { } last && intent.RestoreTime > last && RdsStatus.IsDead(Status(found)))
        {
            faults.Add(Fault(
                "RestoreTimeOutOfWindow",
                source,
                $"{source.What} in {source.Place} is {Status(found)}, so that its backups end at {UtcText.Of(last)}: it cannot be restored to {UtcText.Of(intent.RestoreTime)}.",
                "Choose an earlier restore point."));
        }

        if (intent.RestoreTime > clock.GetUtcNow())
            faults.Add(Fault("RestoreTimeInFuture", source, $"The restore time {UtcText.Of(intent.RestoreTime)} is in the future.", "Check the offset of -RestoreTime."));

        var target = RdsNames.Restored(intent.RunId, source.Identifier);
        await RefuseTakenAsync(found, target, intent, faults, cancellationToken).ConfigureAwait(false);
        return faults.Count > 0 ? (null, faults) : (await ReadAsync(found, target, intent, cancellationToken).ConfigureAwait(false), []);
    }

    private async Task RefuseTakenAsync(FoundDatabase found, string target, RestoreIntent intent, List<RestoreException> faults, CancellationToken cancellationToken)
    {
        var (source, service) = (found.Identity, Clients(found).Rds);
        var names = new List<(string Name, bool IsCluster)> { (target, source.IsCluster) };
        if (intent.KeepIdentifier)
            names.Add((RdsNames.Aside(intent.RunId, source.Identifier), source.IsCluster));

        if (source.IsCluster && !ClusterSettings.HasOwnInstances(source.Engine))
            names.AddRange(Members(found, intent).Select(member => (member.Target, false)));

        var existing = await Task.WhenAll(
            names.Select(one => one.IsCluster ? service.FindClusterAsync(one.Name, cancellationToken) : service.FindInstanceAsync(one.Name, cancellationToken))).ConfigureAwait(false);
        faults.AddRange(names.Zip(existing)
            .Where(one => one.Second is { } found && !RdsTags.AreOn(found, intent.RunId, source.ResourceId, intent.RestoreTime))
            .Select(one => RdsFaults.NameTaken(one.First.IsCluster ? $"DB cluster {one.First.Name}" : $"DB instance {one.First.Name}", source.Place)));
    }

    private async Task<RestorableDatabase> ReadAsync(FoundDatabase found, string target, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var (source, resource) = (found.Identity, found.Resource);
        var captured = new RestorableDatabase
        {
            Source = source,
            Target = target,
            Settings = (source.IsCluster ? ClusterSettings.Table : InstanceSettings.Table).Read(resource),
            Tags = RdsTags.Foreign(Reading.Tags(resource)),
            Roles = Roles(resource),
            Endpoints = [.. RdsEndpoints.Of(resource, source.IsCluster), .. found.Aliases],
            Lost =
            [
                .. Lost(resource, source.IsCluster),
                .. TooMany(resource, source.Identifier),
                .. found.Members.SelectMany(member => TooMany(member, Name(member))),
                .. found.Members.Where(IsScaled).Select(member => $"reader {Name(member)} was made by automatic scaling, which makes its like again when it is needed"),
            ],
        };
        if (!source.IsCluster)
            return captured;

        var members = Members(found, intent);
        var isAurora = !ClusterSettings.HasOwnInstances(source.Engine);
        var custom = isAurora ? await CustomAsync(found, target, members, intent, cancellationToken).ConfigureAwait(false) : [];
        return captured with
        {
            Members = isAurora ? members : [],
            Lost = [.. captured.Lost, .. custom.Where(one => one.Endpoint is null).Select(one => $"custom endpoint {one.Source} has none of its instances any more, and is not made again")],
            CustomEndpoints = [.. custom.Select(one => one.Endpoint).OfType<CustomEndpoint>()],
            Endpoints =
            [
                .. captured.Endpoints,
                .. custom.Select(one => new RdsEndpoint(RdsEndpoint.Custom(one.Source), one.Address)),
                .. isAurora ? found.Members.SelectMany(member => RdsEndpoints.Of(member, isCluster: false).Select(endpoint => endpoint with { Role = RdsEndpoint.Member(Name(member)) })) : [],
            ],
            // It is kept by name, so that it follows the name.
            Scaling = isAurora && !intent.KeepIdentifier ? await ScalingAsync(found, target, cancellationToken).ConfigureAwait(false) : new ScalingFacts(),
        };
    }

    private static IReadOnlyList<RdsMember> Members(FoundDatabase found, RestoreIntent intent)
    {
        var writers = (found.Resource.Element("DBClusterMembers")?.Elements() ?? [])
            .Where(member => Reading.Flag(member, "IsClusterWriter") == "true").Select(member => Reading.Text(member, "DBInstanceIdentifier")).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. found.Members.Where(member => !IsScaled(member)).OrderByDescending(member => writers.Contains(Name(member))).ThenBy(Name, StringComparer.Ordinal).Select(member => new RdsMember
            {
                Source = Name(member),
                Target = RdsNames.Restored(intent.RunId, Name(member)),
                IsWriter = writers.Contains(Name(member)),
                Settings = MemberSettings.Table.Read(member),
                Tags = RdsTags.Foreign(Reading.Tags(member)),
                Roles = Roles(member),
            }),
        ];
    }

    private async Task<IReadOnlyList<(string Source, CustomEndpoint? Endpoint, string Address)>> CustomAsync(
        FoundDatabase found, string target, IReadOnlyList<RdsMember> members, RestoreIntent intent, CancellationToken cancellationToken)
    {
        var renamed = members.ToDictionary(member => member.Source, member => member.Target, StringComparer.Ordinal);
        IReadOnlyList<string> Renamed(XElement endpoint, string list) => [.. Reading.Items(endpoint, list).Select(name => renamed.GetValueOrDefault(name)).OfType<string>()];
        return
        [
            .. (await Clients(found).Rds.ListClusterEndpointsAsync(found.Identity.Identifier, cancellationToken).ConfigureAwait(false))
                .Where(endpoint => Reading.Text(endpoint, "EndpointType") == "CUSTOM")
                .Select(endpoint => (Reading.Text(endpoint, "DBClusterEndpointIdentifier")!, Made(endpoint), $"{Reading.Text(endpoint, "Endpoint")}:{Reading.Text(found.Resource, "Port")}")),
        ];

        CustomEndpoint? Made(XElement endpoint)
        {
            var (name, members) = (Reading.Text(endpoint, "DBClusterEndpointIdentifier")!, Renamed(endpoint, "StaticMembers"));

            // Without its list it would lead to all instances.
            return members.Count == 0 && Reading.Items(endpoint, "StaticMembers").Any() ? null : new CustomEndpoint
            {
                Source = name,
                Target = RdsNames.Restored(intent.RunId, name),
                Type = Reading.Text(endpoint, "CustomEndpointType") ?? "ANY",
                StaticMembers = members,
                ExcludedMembers = Renamed(endpoint, "ExcludedMembers"),
            };
        }
    }

    private async Task<ScalingFacts> ScalingAsync(FoundDatabase found, string target, CancellationToken cancellationToken)
    {
        var read = await ScalingFacts.ReadAsync(Clients(found).RdsScaling, [$"cluster:{found.Identity.Identifier}"], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<JsonObject> Moved(IReadOnlyList<JsonObject> bodies) =>
        [
            .. bodies.Where(body => ScalingFacts.Text(body, "ScalableDimension") == ReadersDimension).Select(body =>
            {
                var moved = (JsonObject)body.DeepClone();
                moved["ResourceId"] = $"cluster:{target}";
                return moved;
            }),
        ];
        return new ScalingFacts { Targets = Moved(read.Targets), Policies = Moved(read.Policies), Actions = Moved(read.Actions) };
    }

    private static bool IsScaled(XElement member) => Name(member).StartsWith("application-autoscaling-", StringComparison.Ordinal);

    private static IReadOnlyList<RdsRole> Roles(XElement resource) =>
    [
        .. (resource.Element("AssociatedRoles")?.Elements() ?? [])
            .Where(role => Reading.Text(role, "RoleArn") is not null)
            .Select(role => new RdsRole(Reading.Text(role, "RoleArn")!, Reading.Text(role, "FeatureName"))),
    ];

    private static IReadOnlyList<string> Lost(XElement resource, bool isCluster)
    {
        var lost = new List<string>();
        lost.AddRange(Reading.Items(resource, isCluster ? "ReadReplicaIdentifiers" : "ReadReplicaDBInstanceIdentifiers").Select(replica => $"read replica {replica} still follows the old one; make a new one if it is needed"));
        if (Reading.Text(resource, "GlobalClusterIdentifier") is { } global)
            lost.Add($"it was part of the global cluster {global}, and what is restored is not");

        if (Reading.Text(resource, "ActivityStreamStatus") is "started" or "starting")
            lost.Add("its activity stream is not started again");

        if (Reading.Text(resource, "MasterUserSecret", "SecretArn") is not null)
            lost.Add("its master user's password is kept in a new secret of Secrets Manager");

        return lost;
    }

    private static IEnumerable<string> TooMany(XElement resource, string name) =>
        RdsTags.Beyond(Reading.Tags(resource)) is { Count: > 0 } beyond ? [$"tags {string.Join(", ", beyond)} of {name} are not taken over: a database has up to 50, and a run needs three"] : [];

    private static string? Status(FoundDatabase found) => Reading.Text(found.Resource, found.Identity.IsCluster ? "Status" : "DBInstanceStatus");

    private static string Name(XElement instance) => Reading.Text(instance, "DBInstanceIdentifier")!;

    private AwsClients Clients(FoundDatabase found) => factory.For(found.Identity.Profile, found.Identity.Region, ServiceMode.ReadOnly);

    private static RestoreException Fault(string id, RdsIdentity source, string message, string mend) =>
        new(id, id == "RestoreTimeOutOfWindow" ? FaultCategory.InvalidArgument : FaultCategory.InvalidOperation, message, source.Arn, $"{mend} Nothing was changed.");
}
