using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Tests.Kubernetes;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

/// <summary>Releases as helm leaves them in a cluster.</summary>
internal static class Sample
{
    public const string Properties =
        "scalar.db.contact_points=jdbc:mysql://old.example.com:3306/\nscalar.db.username=admin\nscalar.db.password=s3cret\nscalar.db.storage=jdbc\n";

    /// <summary>How the runs of these contexts are taken up again.</summary>
    public const string Resume = "Resume-ScalarRestore -RunId 20260101-000000-abcd -JournalPath 'runs'";

    /// <summary>A manifest as helm renders the chart: another Deployment with the same labels but for one comes first.</summary>
    public static string Manifest(string deployment, string app, int replicas, string file = "database.properties.tmpl", string properties = Properties) =>
        $"""
        ---
        # Source: chart/charts/envoy/templates/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {deployment}-envoy
        spec:
          replicas: 3
          template:
            metadata:
              labels:
                app.kubernetes.io/app: envoy
        ---
        # Source: chart/templates/configmap.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {deployment}-properties
        data:
          {file}:
            |
        {Indent(properties, 6)}
        ---
        # Source: chart/templates/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {deployment}
        spec:
          # replicas: 99
          replicas: {replicas.ToString(CultureInfo.InvariantCulture)} # as given
          template:
            metadata:
              annotations:
                checksum/config: abc
              labels:
                app.kubernetes.io/app: {app}

        """;

    public static HelmReleaseRecord Record(
        string release, string chart, string version, int revision, string status, string manifest, JsonObject config, string replicaKey = "scalardb.replicaCount")
    {
        var defaults = new JsonObject();
        ChartValues.Set(defaults, replicaKey, 3);
        return new HelmReleaseRecord(new JsonObject
        {
            ["name"] = release,
            ["info"] = new JsonObject
            {
                ["first_deployed"] = "2026-01-01T00:00:00Z",
                ["last_deployed"] = "2026-01-01T00:00:00Z",
                ["deleted"] = "",
                ["description"] = "Install complete",
                ["status"] = status,
            },
            ["chart"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = chart, ["version"] = version, ["appVersion"] = "3.7.0" },
                ["values"] = defaults,
                ["templates"] = new JsonArray(),
            },
            ["config"] = config,
            ["manifest"] = manifest,
            ["version"] = revision,
            ["namespace"] = "prod",
            ["something_new"] = new JsonObject { ["kept"] = 1.50 },
        });
    }

    public static JsonObject Stored(HelmReleaseRecord record) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["type"] = "helm.sh/release.v1",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"sh.helm.release.v1.{record.Name}.v{record.Revision}",
            ["labels"] = new JsonObject
            {
                ["name"] = record.Name,
                ["owner"] = "helm",
                ["status"] = record.Status,
                ["version"] = record.Revision.ToString(CultureInfo.InvariantCulture),
            },
        },
        ["data"] = new JsonObject { ["release"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(record.Encode())) },
    };

    public static JsonObject Deployment(string name, string app, string release, int replicas, string container = "scalardb") => new()
    {
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject { ["name"] = name, ["generation"] = 1 },
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = Labels(app, release) },
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = container }) },
            },
        },
        ["status"] = new JsonObject { ["observedGeneration"] = 99 },
    };

    public static JsonObject Pod(string name, string app, string release, bool ready = true, int restarts = 0, bool terminating = false)
    {
        var metadata = new JsonObject { ["name"] = name, ["uid"] = "uid-" + name, ["labels"] = Labels(app, release) };
        if (terminating)
        {
            metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z";
            metadata["finalizers"] = new JsonArray("example.com/hold");
        }

        return new JsonObject
        {
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["nodeName"] = "node-1" },
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready ? "True" : "False" }),
                ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "scalardb", ["restartCount"] = restarts, ["state"] = new JsonObject() }),
            },
        };
    }

    /// <summary>A cluster with one ScalarDB Server release of three pods.</summary>
    public static FakeCluster OneServer(int replicas = 3, string properties = Properties)
    {
        var cluster = new FakeCluster();
        var config = new JsonObject { ["scalardb"] = new JsonObject { ["replicaCount"] = replicas, ["note"] = "a,b{c}" } };
        var record = Record("db", "scalardb", "2.4.7", 1, "deployed", Manifest("db-scalardb", "scalardb", replicas, properties: properties), config);
        cluster.Put(KubeResource.Namespaces, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "prod" } });
        cluster.Put(KubeResource.Secrets, "prod", Stored(record));
        cluster.Put(KubeResource.Deployments, "prod", Deployment("db-scalardb", "scalardb", "db", replicas));
        for (var i = 0; i < replicas; i++)
        {
            cluster.Put(KubeResource.Pods, "prod", Pod($"db-scalardb-{i}", "scalardb", "db"));
            cluster.Put(KubeResource.Pods, "prod", Pod($"db-envoy-{i}", "envoy", "db"));
        }

        return cluster;
    }

    public static ReleaseScale Scale(int replicas, WorkloadEngine engine = WorkloadEngine.Record) => new()
    {
        Cluster = "https://cluster.test:6443",
        Namespace = "prod",
        Release = "db",
        Product = ScalarProduct.Server,
        Deployment = "db-scalardb",
        Replicas = replicas,
        Engine = engine,
        ChartVersion = "2.4.7",
    };

    public static RunWorkload Workload(string name, ScalarProduct product, int replicas = 3) => new()
    {
        Before = new ScalarWorkload
        {
            Name = name,
            Namespace = "prod",
            Product = product,
            Chart = ChartProfiles.Of(product).Chart,
            ChartVersion = "1.0.0",
            Revision = 1,
            ReleaseStatus = "deployed",
            Deployment = name,
            Replicas = replicas,
            ReadyReplicas = replicas,
            Pods = replicas,
            Cluster = "https://cluster.test:6443",
            Connection = new KubernetesConnection(),
        },
        OriginalReplicas = replicas,
        Engine = WorkloadEngine.Record,
    };

    /// <summary>A context whose clock goes on by itself whenever it is waited for.</summary>
    public static StepContext Context(
        PlannedStep? step = null, string? operationId = null, TimeProvider? clock = null, string runId = "20260101-000000-abcd", List<string>? log = null, List<double?>? fractions = null)
    {
        clock ??= new FastClock();
        return new StepContext(
            step ?? new PlannedStep { Key = "scale-in:prod/db", Kind = "workload.scale", Target = "t", Action = "a" },
            runId,
            Resume,
            clock.GetUtcNow(),
            operationId,
            _ => null,
            (id, _) =>
            {
                log?.Add("operation " + id);
                return Task.CompletedTask;
            },
            (status, fraction) =>
            {
                log?.Add(status);
                fractions?.Add(fraction);
            },
            warning => log?.Add("warning " + warning),
            new Poller(clock, new Random(1)));
    }

    private static JsonObject Labels(string app, string release) => new()
    {
        ["app.kubernetes.io/name"] = "scalardb",
        ["app.kubernetes.io/instance"] = release,
        ["app.kubernetes.io/app"] = app,
    };

    private static string Indent(string text, int by) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : new string(' ', by) + line));
}
