using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Which columns a resource is printed with; the same as the real server's where it matters to a reader.</summary>
internal static class Columns
{
    private static readonly Column Name = new("Name", (item, _) => item.Name());
    private static readonly Column Age = new("Age", (item, now) => Since(item.TimeAt("metadata", "creationTimestamp"), now));

    private static readonly Column Containers = new("Containers", (item, _) => ContainerList(item, "name"), Wide: true);
    private static readonly Column Images = new("Images", (item, _) => ContainerList(item, "image"), Wide: true);
    private static readonly Column Selector = new(
        "Selector",
        (item, _) => LabelSelector.From(item.MapAt("spec", "selector"))?.ToString() ?? "",
        Wide: true);

    private static readonly Dictionary<(string Group, string Plural), Column[]> ByResource = new()
    {
        [("", "pods")] =
        [
            Name,
            new("Ready", (item, _) => PodReady(item)),
            new("Status", (item, _) => PodStatus(item)),
            new("Restarts", (item, _) => Restarts(item)),
            Age,
            Field("IP", true, "status", "podIP"),
            Field("Node", true, "spec", "nodeName"),
            new("Nominated Node", (_, _) => "<none>", Wide: true),
            new("Readiness Gates", (_, _) => "<none>", Wide: true),
        ],
        [("apps", "deployments")] =
        [
            Name,
            new("Ready", (item, _) => $"{item.NumberAt("status", "readyReplicas") ?? 0}/{item.NumberAt("spec", "replicas") ?? 0}"),
            Count("Up-to-date", "status", "updatedReplicas"),
            Count("Available", "status", "availableReplicas"),
            Age,
            Containers,
            Images,
            Selector,
        ],
        [("apps", "replicasets")] =
        [
            Name,
            Count("Desired", "spec", "replicas"),
            Count("Current", "status", "replicas"),
            Count("Ready", "status", "readyReplicas"),
            Age,
            Containers,
            Images,
            Selector,
        ],
        [("apps", "statefulsets")] =
        [
            Name,
            new("Ready", (item, _) => $"{item.NumberAt("status", "readyReplicas") ?? 0}/{item.NumberAt("spec", "replicas") ?? 0}"),
            Age,
            Containers,
            Images,
        ],
        [("batch", "jobs")] =
        [
            Name,
            new("Completions", (item, _) => $"{item.NumberAt("status", "succeeded") ?? 0}/{item.NumberAt("spec", "completions") ?? 1}"),
            new("Duration", (item, now) => JobDuration(item, now)),
            Age,
            Containers,
            Images,
            Selector,
        ],
        [("", "services")] =
        [
            Name,
            Field("Type", false, "spec", "type"),
            Field("Cluster-IP", false, "spec", "clusterIP"),
            new("External-IP", (_, _) => "<none>"),
            new("Port(s)", (item, _) => Ports(item)),
            Age,
            new("Selector", (item, _) => Pairs(item.MapAt("spec", "selector")), Wide: true),
        ],
        [("", "secrets")] = [Name, Field("Type", false, "type"), new("Data", (item, _) => item.MapAt("data")?.Count ?? 0, Type: "integer"), Age],
        [("", "configmaps")] =
        [
            Name,
            new("Data", (item, _) => (item.MapAt("data")?.Count ?? 0) + (item.MapAt("binaryData")?.Count ?? 0), Type: "integer"),
            Age,
        ],
        [("", "namespaces")] = [Name, Field("Status", false, "status", "phase"), Age],
        [("", "nodes")] =
        [
            Name,
            new("Status", (_, _) => "Ready"),
            new("Roles", (_, _) => "<none>"),
            Age,
            Field("Version", false, "status", "nodeInfo", "kubeletVersion"),
        ],
        [("", "serviceaccounts")] = [Name, new("Secrets", (item, _) => item.ItemsAt("secrets").Count(), Type: "integer"), Age],
        [("", "events")] =
        [
            new("Last Seen", (item, now) => Since(item.TimeAt("lastTimestamp"), now)),
            Field("Type", false, "type"),
            Field("Reason", false, "reason"),
            new("Object", (item, _) => $"{item.TextAt("involvedObject", "kind")?.ToLowerInvariant()}/{item.TextAt("involvedObject", "name")}"),
            Field("Message", false, "message"),
            new("Count", (item, _) => item.NumberAt("count") ?? 1, Wide: true, Type: "integer"),
        ],
        [("autoscaling", "horizontalpodautoscalers")] =
        [
            Name,
            new("Reference", (item, _) => $"{item.TextAt("spec", "scaleTargetRef", "kind")}/{item.TextAt("spec", "scaleTargetRef", "name")}"),
            new("Targets", (_, _) => "<unknown>"),
            Count("MinPods", "spec", "minReplicas"),
            Count("MaxPods", "spec", "maxReplicas"),
            Count("Replicas", "status", "currentReplicas"),
            Age,
        ],
        [("policy", "poddisruptionbudgets")] =
        [
            Name,
            new("Min Available", (item, _) => item.At("spec", "minAvailable") is { } least ? least.Shown() : "N/A"),
            new("Max Unavailable", (item, _) => item.At("spec", "maxUnavailable") is { } most ? most.Shown() : "N/A"),
            Count("Allowed Disruptions", "status", "disruptionsAllowed"),
            Age,
        ],
        [("coordination.k8s.io", "leases")] = [Name, Field("Holder", false, "spec", "holderIdentity"), Age],
        [("rbac.authorization.k8s.io", "roles")] = [Name, Created()],
        [("rbac.authorization.k8s.io", "clusterroles")] = [Name, Created()],
        [("rbac.authorization.k8s.io", "rolebindings")] = [Name, RoleRef(), Age],
        [("rbac.authorization.k8s.io", "clusterrolebindings")] = [Name, RoleRef(), Age],
        [("apiextensions.k8s.io", "customresourcedefinitions")] = [Name, Created()],
    };

    public static IReadOnlyList<Column> Of(ResourceType type)
    {
        if (type.PrinterColumns is { } custom)
        {
            return [Name, .. custom.OfType<JsonObject>().Select(Custom), .. HasAge(custom) ? Array.Empty<Column>() : [Age]];
        }

        return ByResource.GetValueOrDefault(type.Key) ?? [Name, type.IsCustom ? Age : Created()];
    }

    /// <summary>A span as kubectl shows it: <c>5s</c>, <c>3m20s</c>, <c>4d</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var seconds = (long)Math.Max(0, span.TotalSeconds);
        return seconds switch
        {
            < 120 => $"{seconds}s",
            < 600 => seconds % 60 == 0 ? $"{seconds / 60}m" : $"{seconds / 60}m{seconds % 60}s",
            < 3 * 3600 => $"{seconds / 60}m",
            < 8 * 3600 => seconds / 60 % 60 == 0 ? $"{seconds / 3600}h" : $"{seconds / 3600}h{seconds / 60 % 60}m",
            < 48 * 3600 => $"{seconds / 3600}h",
            < 8 * 86400 => seconds / 3600 % 24 == 0 ? $"{seconds / 86400}d" : $"{seconds / 86400}d{seconds / 3600 % 24}h",
            _ => $"{seconds / 86400}d",
        };
    }

    private static string Since(DateTimeOffset? time, DateTimeOffset now) => time is { } start ? Span(now - start) : "<unknown>";

    private static Column Field(string name, bool wide, params string[] path) =>
        new(name, (item, _) => item.At(path).Shown() is { Length: > 0 } text ? text : "<none>", wide);

    private static Column Count(string name, params string[] path) => new(name, (item, _) => item.NumberAt(path) ?? 0, Type: "integer");

    private static Column Created() => new("Created At", (item, _) => item.TextAt("metadata", "creationTimestamp"), Type: "date");

    private static Column RoleRef() => new("Role", (item, _) => $"{item.TextAt("roleRef", "kind")}/{item.TextAt("roleRef", "name")}");

    private static string ContainerList(JsonObject item, string field) =>
        string.Join(',', item.ItemsAt("spec", "template", "spec", "containers").Select(container => container.TextAt(field)));

    private static string Pairs(JsonObject? map) =>
        map is null or { Count: 0 } ? "<none>" : string.Join(',', map.Select(entry => $"{entry.Key}={entry.Value.Shown()}"));

    private static string PodReady(JsonObject pod)
    {
        var ready = pod.ItemsAt("status", "containerStatuses").Count(status => status.FlagAt("ready"));
        return $"{ready}/{pod.ItemsAt("spec", "containers").Count()}";
    }

    private static string JobDuration(JsonObject job, DateTimeOffset now) =>
        job.TimeAt("status", "startTime") is { } start ? Span((job.TimeAt("status", "completionTime") ?? now) - start) : "";

    private static string Ports(JsonObject service) =>
        string.Join(',', service.ItemsAt("spec", "ports").Select(port => $"{port["port"].Shown()}/{port["protocol"].Shown()}"));

    private static string PodStatus(JsonObject pod)
    {
        if (pod.IsTerminating())
        {
            return "Terminating";
        }

        var waiting = pod.ItemsAt("status", "containerStatuses")
            .Select(status => status.TextAt("state", "waiting", "reason"))
            .FirstOrDefault(reason => reason is not null);
        return waiting ?? pod.TextAt("status", "phase") switch
        {
            "Succeeded" => "Completed",
            "Failed" => "Error",
            var phase => phase ?? "Unknown",
        };
    }

    private static string Restarts(JsonObject pod) =>
        pod.ItemsAt("status", "containerStatuses").Sum(status => status.NumberAt("restartCount") ?? 0).ToString(CultureInfo.InvariantCulture);

    private static bool HasAge(JsonArray custom) => custom.Any(column => string.Equals(column.TextAt("name"), "Age", StringComparison.OrdinalIgnoreCase));

    private static Column Custom(JsonObject column)
    {
        // Paths are like .spec.sync.revision or .status.conditions[?(@.type=="Ready")].status; the plain form is enough here.
        var path = (column.TextAt("jsonPath") ?? "").TrimStart('.').Split('.');
        var isDate = column.TextAt("type") == "date";
        return new Column(
            column.TextAt("name") ?? "",
            (item, now) => isDate ? Since(item.TimeAt(path), now) : item.At(path).Shown(),
            column.NumberAt("priority") > 0);
    }
}
