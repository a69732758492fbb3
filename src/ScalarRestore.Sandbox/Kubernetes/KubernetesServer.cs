using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Controllers;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes;

/// <summary>
/// A Kubernetes API server small enough to read, for unmodified helm and kubectl: the store, the API in front of it and the
/// controllers behind it.
/// </summary>
internal sealed class KubernetesServer : IPodSource, IAsyncDisposable
{
    private readonly string _folder;
    private readonly Api.Authority _authority;
    private readonly ObjectStore _store;
    private readonly PodRegister _pods;
    private readonly Authorizer _authorizer;
    private readonly Discovery _discovery;
    private readonly ResourceHandler _handler;
    private readonly ControllerLoop _controllers;
    private readonly CancellationTokenSource _stop = new();

    public KubernetesServer(SandboxClock clock, KubernetesSettings settings, CallLog calls, string folder, int seed)
    {
        Settings = settings;
        _folder = folder;
        _authority = new Api.Authority(clock.RealNow);
        _store = new ObjectStore(clock, new ResourceCatalog(), settings.WatchHistory, seed);
        _pods = new PodRegister(_store);
        _authorizer = new Authorizer(_store);
        _discovery = new Discovery(_store.Catalog, settings.GitVersion);

        var writer = new ObjectWriter(_store);
        var events = new EventRecorder(_store);
        var factory = new PodFactory(_store, writer, events);
        var namespaces = new NamespaceController(_store, writer, _authority.Certificate.ExportCertificatePem());
        _handler = new ResourceHandler(
            _store,
            writer,
            new Reviews(_authorizer),
            _authority,
            new PodLogs(_store, _pods),
            TimeSpan.FromSeconds(settings.BookmarkSeconds));
        lock (_store.Gate)
        {
            Furnish(writer, namespaces, settings.GitVersion);
        }

        _controllers = new ControllerLoop(
            _store,
            [
                namespaces,
                new AutoscalerController(_store, events, () => Settings.AutoscalerSeconds),
                new JobController(_store, writer, factory, events),
                new DeploymentController(_store, events),
                new ReplicaSetController(_store, writer, factory, events),
                new GarbageCollector(_store, writer),
                new Kubelet(_store, _pods, events, () => Settings),
            ],
            () => Settings.ControllerSeconds);
    }

    /// <summary>The times in force; a change counts for what begins after it.</summary>
    public KubernetesSettings Settings { get; set; }

    /// <summary>For the listener: names 127.0.0.1 and localhost.</summary>
    public X509Certificate2 ServerCertificate => _authority.Server;

    /// <summary>Signs the server's and the administrator's certificate.</summary>
    public X509Certificate2 Authority => _authority.Certificate;

    /// <summary>What a request is about, for fault plans and logs: <c>PATCH deployments</c>, <c>ns/name</c>, whether it changes anything.</summary>
    public static (string Operation, string? Resource, bool IsWrite) Describe(HttpRequest request)
    {
        if (RequestTarget.Parse(request.Path) is not { } target)
        {
            return ($"{request.Method} {request.Path}", null, false);
        }

        var resource = target.Subresource.Length == 0 ? target.Plural : $"{target.Plural}/{target.Subresource}";
        var verb = target.Verb(request) is var named and ("list" or "watch") ? named.ToUpperInvariant() : request.Method;
        var isWrite = request.Method is not ("GET" or "HEAD")
            && request.Query["dryRun"] != "All"
            && !target.Plural.StartsWith("selfsubject", StringComparison.Ordinal);
        var name = (target.Namespace, target.Name) switch
        {
            ({ Length: > 0 } ns, { Length: > 0 } item) when target.Plural != "namespaces" => $"{ns}/{item}",
            (_, { Length: > 0 } item) => item,
            ({ Length: > 0 } ns, _) => ns,
            _ => null,
        };
        return ($"{verb} {resource}", name, isWrite);
    }

    /// <summary>Writes <c>kubeconfig</c> (client certificate), <c>kubeconfig-token</c>, <c>kubeconfig-readonly</c> and <c>ca.crt</c>.</summary>
    public void WriteKubeconfigs(Uri url) => Kubeconfig.Write(_folder, url, _authority);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        try
        {
            await RouteAsync(context, stop.Token);
        }
        catch (ApiException e)
        {
            await Answers.WriteAsync(context, e.Code, e.ToStatus(), stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server goes down; whoever watches sees the stream end.
        }
    }

    /// <summary>The whole state, in a fixed order, for comparing before and after.</summary>
    public JsonNode Dump()
    {
        lock (_store.Gate)
        {
            return new JsonObject
            {
                ["resourceVersion"] = _store.Version,
                ["objects"] = new JsonArray([.. _store.All().Select(entry => entry.Item.DeepClone())]),
                ["pods"] = _pods.ToJson(),
            };
        }
    }

    /// <summary>Tells the pods whose name begins with a text how to behave from now on.</summary>
    public void SetPodBehaviour(string ns, string namePrefixOrDeployment, PodBehaviour behaviour)
    {
        lock (_store.Gate)
        {
            _pods.Set(ns, namePrefixOrDeployment, behaviour);
            _store.Wake();
        }
    }

    public int RunningPods(string ns, IReadOnlyDictionary<string, string> labels)
    {
        lock (_store.Gate)
        {
            return _pods.CountRunning(ns, labels);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _controllers.DisposeAsync();
        _authority.Dispose();
        _stop.Dispose();
    }

    private void Furnish(ObjectWriter writer, NamespaceController namespaces, string version)
    {
        foreach (var name in new[] { "default", "kube-node-lease", "kube-public", "kube-system" })
        {
            writer.Create(BuiltInTypes.Namespaces, "", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }, dryRun: false);
            namespaces.Furnish(name);
        }

        var node = new JsonObject { ["metadata"] = new JsonObject { ["name"] = Kubelet.NodeName } };
        var made = writer.Create(BuiltInTypes.Nodes, "", node, dryRun: false);
        _store.Edit(BuiltInTypes.Nodes, made, copy =>
        {
            copy.Ensure("status").Ensure("nodeInfo")["kubeletVersion"] = version;
            copy.Ensure("status").SetCondition("Ready", true, "KubeletReady", null, _store.Clock.Now);
        });
    }

    private async Task RouteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (_controllers.Failure is { } failure)
        {
            throw new ApiException(500, "InternalError", $"a controller of the sandbox failed: {failure}");
        }

        var path = context.Request.Path.Value ?? "/";
        if (path is "/healthz" or "/livez" or "/readyz")
        {
            await Answers.WriteTextAsync(context, "ok", cancellationToken);
            return;
        }

        var user = _authority.Authenticate(context);
        if (RequestTarget.Parse(context.Request.Path) is { } target)
        {
            var type = _store.Catalog.Find(target.Group, target.Version, target.Plural) ?? throw ApiException.NoSuchPath();
            lock (_store.Gate)
            {
                _authorizer.Demand(user, target.Verb(context.Request), type, target);
            }

            await _handler.HandleAsync(context, type, target, user, cancellationToken);
            return;
        }

        if (path == "/openapi/v2")
        {
            var document = OpenApiV2.Render(_store.Catalog.Types, Settings.GitVersion);
            await Answers.WriteAsync(context, 200, "application/octet-stream", document, cancellationToken);
            return;
        }

        await Answers.WriteAsync(context, 200, _discovery.Answer(path) ?? throw ApiException.NoSuchPath(), cancellationToken);
    }
}
