using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Plans;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>One look at a workload's release: its values, and what feeds its pods' variables.</summary>
internal sealed record ReleaseLook
{
    /// <summary>The workload.</summary>
    public required RunWorkload Workload { get; init; }

    /// <summary>The cluster.</summary>
    public required IKubernetesClient Client { get; init; }

    /// <summary>The record of the deployed revision.</summary>
    public required HelmReleaseRecord Record { get; init; }

    /// <summary>What the planner needs to know.</summary>
    public required ProductFacts Facts { get; init; }

    /// <summary>What feeds the variables that were asked for.</summary>
    public required IReadOnlyDictionary<string, VariableFeed> Feeds { get; init; }

    /// <summary>The profile of its values.</summary>
    public ValuesProfile Profile => ValuesProfiles.Of(Workload.Before.Product);

    /// <summary>Namespace and release.</summary>
    public string Name => Workload.ToString();

    /// <summary>Looks at a release.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="client">Its cluster.</param>
    /// <param name="names">The variables that the files refer to; those that the release's own values refer to are added.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ReleaseLook> AtAsync(
        RunWorkload workload, IKubernetesClient client, IReadOnlySet<string> names, TimeProvider clock, CancellationToken cancellationToken)
    {
        var before = workload.Before;
        var chart = ChartProfiles.Of(before.Product);
        var history = await new HelmReleaseStore(client, clock).HistoryAsync(before.Namespace, before.Name, cancellationToken).ConfigureAwait(false);
        var deployed = history.LastOrDefault(revision => revision.Status == "deployed") ?? history[^1];
        var record = deployed.Read();
        var deployment = await client.GetAsync(KubeResource.Deployments, before.Namespace, before.Deployment, cancellationToken).ConfigureAwait(false);
        return await OfAsync(workload, client, record, chart, deployment, names, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for a record and a Deployment that were read already.</summary>
    public static async Task<ReleaseLook> OfAsync(
        RunWorkload workload,
        IKubernetesClient client,
        HelmReleaseRecord record,
        ChartProfile chart,
        JsonObject deployment,
        IReadOnlySet<string> names,
        CancellationToken cancellationToken)
    {
        var feeds = new VariableFeeds(client);
        var own = VariableFeeds.NamesIn(ChartValues.Text(record.Config, chart.PropertiesKey) ?? ValuesProfiles.DefaultProperties);
        var found = await feeds.FindAsync(workload.Before.Namespace, PodEnvironment.Container(chart, deployment), own.Union(names).ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        var literals = PodEnvironment.Literals(chart, record, deployment);
        var known = new Dictionary<string, string>(literals.Known, StringComparer.Ordinal);
        foreach (var feed in found.Values.Where(feed => feed.Value is not null))
            known[feed.Variable] = feed.Value!;

        return new ReleaseLook
        {
            Workload = workload,
            Client = client,
            Record = record,
            Facts = new ProductFacts(Version(record.ChartVersion), Version(record.AppVersion), new PodVariables(known, feeds.Complete && found.Values.All(feed => feed.Value is not null))),
            Feeds = found,
        };
    }

    private static Version? Version(string? text) =>
        System.Version.TryParse(text?.Split('-', '+')[0].TrimStart('v'), out var version) ? version : null;
}
