using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Version, groups and resources, in the plain form that every client falls back on.</summary>
internal sealed class Discovery(ResourceCatalog catalog, string gitVersion)
{
    /// <summary>The answer to a path outside the resources; null where there is nothing.</summary>
    public JsonObject? Answer(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["version"] => Version(),
        ["api"] => new JsonObject
        {
            ["kind"] = "APIVersions",
            ["versions"] = new JsonArray("v1"),
            ["serverAddressByClientCIDRs"] = new JsonArray(),
        },
        ["apis"] => new JsonObject
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. Groups().Select(group => Group(group, typed: false))]),
        },
        ["apis", var name] => Groups().Contains(name, StringComparer.Ordinal) ? Group(name, typed: true) : null,
        ["api", var version] => Resources("", version),
        ["apis", var name, var version] => Resources(name, version),
        ["openapi", "v3", ..] => OpenApi(path),
        _ => null,
    };

    private JsonObject Version()
    {
        var numbers = gitVersion.TrimStart('v').Split('.');
        return new JsonObject
        {
            ["major"] = numbers[0],
            ["minor"] = numbers.Length > 1 ? numbers[1] : "0",
            ["gitVersion"] = gitVersion,
            ["gitCommit"] = "sandbox",
            ["gitTreeState"] = "clean",
            ["buildDate"] = DateTimeOffset.UnixEpoch.Stamp(),
            ["goVersion"] = "none",
            ["compiler"] = "none",
            ["platform"] = "sandbox/any",
        };
    }

    private IEnumerable<string> Groups() => catalog.Types.Select(type => type.Group).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal);

    private JsonObject Group(string name, bool typed)
    {
        var versions = catalog.Types
            .Where(type => type.Group == name)
            .Select(type => type.Version)
            .Distinct(StringComparer.Ordinal)
            .Order(VersionOrder.Instance)
            .ToList();
        JsonObject Entry(string version) => new() { ["groupVersion"] = $"{name}/{version}", ["version"] = version };
        JsonObject group = typed ? new() { ["kind"] = "APIGroup", ["apiVersion"] = "v1" } : [];
        group["name"] = name;
        group["versions"] = new JsonArray([.. versions.Select(Entry)]);
        group["preferredVersion"] = Entry(versions[0]);
        return group;
    }

    private JsonObject? Resources(string group, string version)
    {
        var types = catalog.Types.Where(type => type.Group == group && type.Version == version).ToList();
        if (types.Count == 0)
        {
            return null;
        }

        JsonArray resources = [];
        foreach (var type in types)
        {
            resources.Add(Resource(type));
            foreach (var subresource in type.Subresources)
            {
                resources.Add(Subresource(type, subresource));
            }
        }

        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = types[0].ApiVersion,
            ["resources"] = resources,
        };
    }

    private static JsonObject Resource(ResourceType type)
    {
        var resource = new JsonObject
        {
            ["name"] = type.Plural,
            ["singularName"] = type.Singular,
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = Texts(type.Verbs),
        };
        if (type.ShortNames.Count > 0)
        {
            resource["shortNames"] = Texts(type.ShortNames);
        }

        if (type.Categories.Count > 0)
        {
            resource["categories"] = Texts(type.Categories);
        }

        return resource;
    }

    private static JsonObject Subresource(ResourceType type, string name)
    {
        var (group, version, kind, verbs) = name switch
        {
            "scale" => ("autoscaling", "v1", "Scale", new[] { "get", "patch", "update" }),
            "eviction" => ("policy", "v1", "Eviction", ["create"]),
            "log" => ("", "", type.Kind, ["get"]),
            _ => ("", "", type.Kind, ["get", "patch", "update"]),
        };
        var resource = new JsonObject
        {
            ["name"] = $"{type.Plural}/{name}",
            ["singularName"] = "",
            ["namespaced"] = type.Namespaced,
            ["kind"] = kind,
            ["verbs"] = Texts(verbs),
        };
        if (group.Length > 0)
        {
            resource["group"] = group;
            resource["version"] = version;
        }

        return resource;
    }

    /// <summary>
    /// The index, and per group version just as much as <c>kubectl apply</c> looks for: that a patch knows field validation,
    /// so that it leaves checking to the server.
    /// </summary>
    private JsonObject? OpenApi(string path)
    {
        var versions = catalog.Types
            .GroupBy(type => type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.ApiVersion}", StringComparer.Ordinal)
            .ToList();
        JsonObject paths = [];
        var wanted = path["/openapi/v3".Length..].Trim('/');
        if (wanted.Length == 0)
        {
            foreach (var version in versions)
            {
                paths[version.Key] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{version.Key}" };
            }

            return new JsonObject { ["paths"] = paths };
        }

        if (versions.FirstOrDefault(version => version.Key == wanted) is not { } types)
        {
            return null;
        }

        foreach (var type in types)
        {
            var place = type.Namespaced ? $"/{wanted}/namespaces/{{namespace}}/{type.Plural}/{{name}}" : $"/{wanted}/{type.Plural}/{{name}}";
            paths[place] = new JsonObject
            {
                ["patch"] = new JsonObject
                {
                    ["parameters"] = new JsonArray(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation")),
                    ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind },
                },
            };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = gitVersion },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = new JsonObject() },
        };
    }

    private static JsonObject Parameter(string name) =>
        new() { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Kubernetes' order of versions: stable before beta before alpha, then the higher number.</summary>
    private sealed class VersionOrder : IComparer<string>
    {
        public static readonly VersionOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            var (one, other) = (Rank(x ?? ""), Rank(y ?? ""));
            return one.CompareTo(other);
        }

        private static (int Stage, int Major, int Minor) Rank(string version)
        {
            var stage = version.Contains("alpha", StringComparison.Ordinal) ? 2 : version.Contains("beta", StringComparison.Ordinal) ? 1 : 0;
            var numbers = version.TrimStart('v').Split(["alpha", "beta"], StringSplitOptions.None);
            return (stage, -Number(numbers[0]), numbers.Length > 1 ? -Number(numbers[1]) : 0);
        }

        private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
