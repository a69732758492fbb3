using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.World;

/// <summary>Looks at a release in the cluster.</summary>
internal sealed class ReleaseReader(KubeApi kube, string ns)
{
    /// <summary>How many of its pods are ready.</summary>
    public async Task<int> ReadyPodsAsync(ReleaseSpec release, CancellationToken cancellationToken)
    {
        var deployment = await kube.GetAsync($"apis/apps/v1/namespaces/{ns}/deployments/{release.Deployment}", cancellationToken);
        return (int?)deployment["status"]?["readyReplicas"] ?? 0;
    }

    /// <summary>The properties that its pods mount.</summary>
    public async Task<string> PropertiesAsync(ReleaseSpec release, CancellationToken cancellationToken)
    {
        var map = await kube.GetAsync($"api/v1/namespaces/{ns}/configmaps/{release.ConfigMap}", cancellationToken);
        return string.Join('\n', map["data"]!.AsObject().Select(pair => (string)pair.Value!));
    }

    /// <summary>The properties text among the values of its newest revision.</summary>
    public async Task<string> ValuesAsync(ReleaseSpec release, CancellationToken cancellationToken)
    {
        var secrets = await kube.GetAsync($"api/v1/namespaces/{ns}/secrets?labelSelector={Uri.EscapeDataString($"owner=helm,name={release.Name}")}", cancellationToken);
        var newest = secrets["items"]!.AsArray()
            .MaxBy(secret => int.Parse((string)secret!["metadata"]!["labels"]!["version"]!, NumberStyles.None, CultureInfo.InvariantCulture))!;
        var record = Decode((string)newest["data"]!["release"]!);
        return (string)record["config"]![release.Root]![release.PropertiesKey]!;
    }

    /// <summary>What the Secret holds that feeds its placeholders.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VariablesAsync(ReleaseSpec release, CancellationToken cancellationToken)
    {
        var secret = await kube.GetAsync($"api/v1/namespaces/{ns}/secrets/{release.FeedSecret}", cancellationToken);
        return secret["data"]!.AsObject().ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(Convert.FromBase64String((string)pair.Value!)), StringComparer.Ordinal);
    }

    /// <summary>Base64 twice, once by helm around the gzip and once by Kubernetes around the Secret's value.</summary>
    private static JsonNode Decode(string data)
    {
        var packed = Convert.FromBase64String(Encoding.ASCII.GetString(Convert.FromBase64String(data)));
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonNode.Parse(gzip)!;
    }
}
