using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Reads the storages of a workload from what helm rendered for it.</summary>
internal sealed partial class StorageReader(IKubernetesClient client)
{
    private readonly PodEnvironment _environment = new(client);

    /// <summary>The storages; placeholders are filled in as far as the cluster tells what stands behind them.</summary>
    public async Task<IReadOnlyList<WorkloadStorage>> ReadAsync(
        ChartProfile profile, HelmReleaseRecord record, ReleaseManifest manifest, string ns, JsonObject deployment, CancellationToken cancellationToken)
    {
        var source = $"release {ns}/{record.Name}";
        var text = Text(profile, record, manifest);
        var variables = PodEnvironment.Literals(profile, record, deployment);
        var storages = ScalarProperties.Read(text, profile.Product, variables, source);
        var open = storages.SelectMany(storage => new[] { storage.Storage, storage.ContactPoints ?? "", storage.NamespacePrefix, storage.MetadataNamespace, storage.CoordinatorNamespace })
            .SelectMany(value => VariableName().Matches(value).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        if (open.Count == 0)
            return storages;

        variables = await _environment.AddAsync(variables, profile, ns, deployment, open, cancellationToken).ConfigureAwait(false);
        return ScalarProperties.Read(text, profile.Product, variables, source);
    }

    private static string Text(ChartProfile profile, HelmReleaseRecord record, ReleaseManifest manifest)
    {
        var rendered = manifest.Documents
            .Where(document => document.Kind == "ConfigMap")
            .Select(document => document.Root["data"]?[profile.PropertiesFile] ?? document.Root["data"]?[profile.PropertiesFile + ".tmpl"])
            .FirstOrDefault(item => item?.Text is not null);
        return rendered?.Text
            ?? ChartValues.Text(record.Config, profile.PropertiesKey)
            ?? ChartValues.Text(record.ChartDefaults, profile.PropertiesKey)

            // The oldest charts have no properties: their images make them of the variables.
            ?? """
                scalar.db.contact_points={{ .Env.HELM_SCALAR_DB_CONTACT_POINTS }}
                scalar.db.storage={{ .Env.HELM_SCALAR_DB_STORAGE }}
                """;
    }

    [GeneratedRegex(@"(\.Env\.|\$\{env:)(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
