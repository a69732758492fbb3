using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>What the Secrets that values files name feed to the pods; all there is to go by where there is no run.</summary>
/// <param name="Client">The cluster.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Feeds">By variable.</param>
internal sealed record NamedFeeds(IKubernetesClient Client, string Namespace, IReadOnlyDictionary<string, VariableFeed> Feeds)
{
    private const string ChartPassword = "HELM_SCALAR_DB_PASSWORD";
    private const string PasswordKey = "db-password";

    /// <summary>Reads the Secrets that the values name (<c>secretName</c>, <c>existingSecret</c>), as far as variables are referred to.</summary>
    /// <exception cref="RestoreException"><c>SecretNotFound</c>.</exception>
    public static async Task<NamedFeeds> ReadAsync(IKubernetesClient client, string ns, IReadOnlyList<ValuesDocument> documents, CancellationToken cancellationToken)
    {
        var names = documents.SelectMany(document => VariableFeeds.NamesIn(document.Source.Text)).ToHashSet(StringComparer.Ordinal);
        var reader = new VariableFeeds(client);
        var feeds = new Dictionary<string, VariableFeed>(StringComparer.Ordinal);
        foreach (var secret in Named(documents, profile => profile.SecretNameKey))
        {
            await RequireAsync(client, ns, secret, cancellationToken).ConfigureAwait(false);
            foreach (var (variable, feed) in await reader.FindInSecretAsync(ns, secret, names, cancellationToken).ConfigureAwait(false))
                feeds[variable] = feed;
        }

        foreach (var secret in Named(documents, profile => profile.ExistingSecretKey))
        {
            await RequireAsync(client, ns, secret, cancellationToken).ConfigureAwait(false);
            var found = await reader.FindInSecretAsync(ns, secret, new HashSet<string>(StringComparer.Ordinal) { PasswordKey }, cancellationToken).ConfigureAwait(false);
            if (found.TryGetValue(PasswordKey, out var feed))
                feeds[ChartPassword] = feed with { Variable = ChartPassword };
        }

        return new NamedFeeds(client, ns, feeds);
    }

    private static IEnumerable<string> Named(IReadOnlyList<ValuesDocument> documents, Func<ValuesProfile, string?> key) =>
        ValuesProfiles.All.Select(key).OfType<string>()
            .Select(name => documents.Reverse().Select(document => document.Find(name)?.Text).FirstOrDefault(text => text is { Length: > 0 }))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private static async Task RequireAsync(IKubernetesClient client, string ns, string secret, CancellationToken cancellationToken)
    {
        if (await client.FindAsync(KubeResource.Secrets, ns, secret, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new RestoreException(
                "SecretNotFound",
                FaultCategory.ObjectNotFound,
                $"The values name the Secret '{secret}', and there is none in namespace '{ns}' of {client.Server}.",
                $"{client.Server} {ns}/{secret}",
                "Name the namespace with -Namespace, and the cluster with -Context. Nothing was changed.");
        }
    }
}
