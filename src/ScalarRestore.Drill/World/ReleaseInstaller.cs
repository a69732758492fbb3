using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Sandbox;
using YamlDotNet.RepresentationModel;

namespace ScalarRestore.Drill.World;

/// <summary>
/// Installs a release without helm: creates the objects that the chart would make, and the release record that helm would leave. Where
/// helm is at hand, <see cref="HelmInstaller"/> does it with helm itself.
/// </summary>
internal sealed class ReleaseInstaller(KubeApi kube, string ns)
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["ConfigMap"] = "api/v1/namespaces/{0}/configmaps",
        ["Service"] = "api/v1/namespaces/{0}/services",
        ["Deployment"] = "apis/apps/v1/namespaces/{0}/deployments",
    };

    /// <summary>Installs revision 1 of a release.</summary>
    public async Task InstallAsync(ReleaseSpec release, string properties, bool isFed, CancellationToken cancellationToken)
    {
        var manifest = Render(release, properties, isFed);
        var yaml = new YamlStream();
        using (var reader = new StringReader(manifest))
        {
            yaml.Load(reader);
        }

        foreach (var document in yaml.Documents)
        {
            var body = (JsonObject)ToJson(document.RootNode)!;
            body["metadata"]!["annotations"] = new JsonObject
            {
                ["meta.helm.sh/release-name"] = release.Name,
                ["meta.helm.sh/release-namespace"] = ns,
            };
            var path = string.Format(CultureInfo.InvariantCulture, Paths[body["kind"]!.GetValue<string>()], ns);
            await kube.CreateAsync(path, body, cancellationToken);
        }

        await kube.CreateAsync($"api/v1/namespaces/{ns}/secrets", Record(release, properties, isFed, manifest), cancellationToken);
    }

    private string Render(ReleaseSpec release, string properties, bool isFed)
    {
        using var stream = typeof(ReleaseInstaller).Assembly.GetManifestResourceStream("release.yaml")!;
        using var reader = new StreamReader(stream);
        var block = string.Join('\n', properties.Split('\n').Select(line => "    " + line));
        return new StringBuilder(reader.ReadToEnd())
            .Replace("%properties%", block)
            .Replace("%envFrom%", isFed ? $"          envFrom:\n            - secretRef:\n                name: {release.FeedSecret}\n" : "")
            .Replace("%checksum%", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(block))).ToLowerInvariant())
            .Replace("%namespace%", ns)
            .Replace("%release%", release.Name)
            .Replace("%chart%", release.Chart)
            .Replace("%version%", release.ChartVersion)
            .Replace("%appVersion%", release.AppVersion)
            .Replace("%app%", release.App)
            .Replace("%container%", release.Container)
            .Replace("%deployment%", release.Deployment)
            .Replace("%configMap%", release.ConfigMap)
            .Replace("%file%", release.File)
            .Replace("%replicas%", release.Replicas.ToString(CultureInfo.InvariantCulture))
            .ToString();
    }

    private static JsonObject Config(ReleaseSpec release, string properties, bool isFed)
    {
        var config = new JsonObject { ["replicaCount"] = release.Replicas, [release.PropertiesKey] = properties };
        if (isFed)
        {
            config["secretName"] = release.FeedSecret;
        }

        return new JsonObject { [release.Root] = config };
    }

    private JsonObject Record(ReleaseSpec release, string properties, bool isFed, string manifest)
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        var record = new JsonObject
        {
            ["name"] = release.Name,
            ["info"] = new JsonObject
            {
                ["first_deployed"] = now,
                ["last_deployed"] = now,
                ["deleted"] = "",
                ["description"] = "Install complete",
                ["status"] = "deployed",
            },
            ["chart"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = release.Chart,
                    ["version"] = release.ChartVersion,
                    ["appVersion"] = release.AppVersion,
                    ["apiVersion"] = "v2",
                    ["type"] = "application",
                },
                ["lock"] = null,
                ["templates"] = new JsonArray(),
                ["values"] = new JsonObject { [release.Root] = new JsonObject { ["replicaCount"] = 3 } },
                ["schema"] = null,
                ["files"] = null,
            },
            ["config"] = Config(release, properties, isFed),
            ["manifest"] = manifest,
            ["version"] = 1,
            ["namespace"] = ns,
        };
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "helm.sh/release.v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"sh.helm.release.v1.{release.Name}.v1",
                ["labels"] = new JsonObject
                {
                    ["owner"] = "helm",
                    ["name"] = release.Name,
                    ["status"] = "deployed",
                    ["version"] = "1",
                    ["modifiedAt"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                },
            },
            ["data"] = new JsonObject { ["release"] = Encode(record.ToJsonString()) },
        };
    }

    /// <summary>Base64 twice: once by helm around the gzip, once by Kubernetes around the Secret's value.</summary>
    private static string Encode(string json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        return Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(buffer.ToArray())));
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(pair.Key.ToString(), ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: { } text } when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };
}
