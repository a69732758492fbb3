using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

/// <summary>Unmodified kubectl against the sandbox.</summary>
public sealed class KubectlTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const string Map =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: m, labels: {app: a}}
        data: {key: one, other: kept}
        """;

    [ToolFact("kubectl")]
    public async Task Generators_create_objects()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"create secret generic s -n {ns} --from-literal=a=b");
        await OkAsync($"create configmap m -n {ns} --from-literal=k=v");
        await OkAsync($"create serviceaccount sa -n {ns}");
        await OkAsync($"create role r -n {ns} --verb=get --resource=pods");
        await OkAsync($"create rolebinding rb -n {ns} --role=r --serviceaccount={ns}:sa");
        await OkAsync($"create job j -n {ns} --image=x");

        Assert.Equal("Yg==", await OkAsync($"get secret s -n {ns} -o jsonpath={{.data.a}}"));
        Assert.Equal("yes\n", await OkAsync($"auth can-i get pods -n {ns} --as=system:serviceaccount:{ns}:sa"));
        await OkAsync($"wait --for=condition=complete job/j -n {ns} --timeout=30s");
    }

    [ToolFact("kubectl")]
    public async Task Applies_and_sees_no_change_the_second_time()
    {
        var ns = await cluster.NewNamespaceAsync();

        Assert.Contains("created", await OkAsync($"apply -n {ns} -f -", Map), StringComparison.Ordinal);
        Assert.Contains("unchanged", await OkAsync($"apply -n {ns} -f -", Map), StringComparison.Ordinal);
        var less = Map.Replace(", other: kept", "", StringComparison.Ordinal);
        Assert.Contains("server dry run", await OkAsync($"apply -n {ns} --dry-run=server -f -", less), StringComparison.Ordinal);
        Assert.Equal("kept", await OkAsync($"get configmap m -n {ns} -o jsonpath={{.data.other}}"));
        Assert.Contains("configured", await OkAsync($"apply -n {ns} -f -", less), StringComparison.Ordinal);
        Assert.Equal("""{"key":"one"}""", await OkAsync($"get configmap m -n {ns} -o jsonpath={{.data}}"));
        Assert.Contains("serverside-applied", await OkAsync($"apply -n {ns} --server-side --force-conflicts -f -", Map), StringComparison.Ordinal);
        var again = await cluster.KubectlAsync($"create -n {ns} -f -", Map);
        Assert.Contains("configmaps \"m\" already exists", again.Error, StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Prints_in_every_form()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"create deployment web -n {ns} --image=nginx:1 --replicas=2");
        await OkAsync($"rollout status deployment/web -n {ns} --timeout=60s");

        Assert.Matches(@"NAME +READY +UP-TO-DATE +AVAILABLE +AGE\s+web +2/2 +2 +2 ", await OkAsync($"get deployments -n {ns}"));
        Assert.Matches("web .* nginx +nginx:1 +app=web", await OkAsync($"get deploy -n {ns} -o wide"));
        Assert.Equal("deployment.apps/web\n", await OkAsync($"get deploy -n {ns} -o name"));
        Assert.Contains("kind: Deployment", await OkAsync($"get deploy web -n {ns} -o yaml"), StringComparison.Ordinal);
        Assert.Equal("2", await OkAsync($"get deploy web -n {ns} -o jsonpath={{.spec.replicas}}"));
        Assert.Equal("NAME\nweb\n", await OkAsync($"get deploy -n {ns} -o custom-columns=NAME:.metadata.name"));
        Assert.Contains("pod-template-hash=", await OkAsync($"get pods -n {ns} --show-labels"), StringComparison.Ordinal);
        Assert.Contains(ns, await OkAsync("get pods -A"), StringComparison.Ordinal);
        Assert.Contains("replicaset.apps/web-", await OkAsync($"get all -n {ns}"), StringComparison.Ordinal);
        Assert.Contains("ScalingReplicaSet", await OkAsync($"describe deployment web -n {ns}"), StringComparison.Ordinal);
        Assert.Contains("Successful", await OkAsync($"get events -n {ns}"), StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Selects_by_labels_and_fields()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"apply -n {ns} -f -", Map);
        await OkAsync($"apply -n {ns} -f -", Map.Replace("name: m,", "name: m2,", StringComparison.Ordinal).Replace("app: a", "app: b", StringComparison.Ordinal));

        Assert.Equal("configmap/m\n", await OkAsync($"get cm -n {ns} -l app=a -o name"));
        Assert.Equal("configmap/m2\n", await OkAsync($"get cm -n {ns} -l app!=a,app -o name"));
        Assert.Equal("configmap/m\nconfigmap/m2\n", (await cluster.KubectlAsync(["get", "cm", "-n", ns, "-l", "app in (a, b)", "-o", "name"])).Succeeded().Output);
        Assert.Equal("configmap/m2\n", await OkAsync($"get cm -n {ns} --field-selector metadata.name=m2 -o name"));
        Assert.Contains("field label not supported: data.key", (await cluster.KubectlAsync($"get cm -n {ns} --field-selector data.key=one")).Error, StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Patches_in_three_ways_and_scales()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"create deployment web -n {ns} --image=x");

        await OkAsync($"patch deployment web -n {ns} -p " + """{"spec":{"template":{"spec":{"containers":[{"name":"x","env":[{"name":"A","value":"1"}]}]}}}}""");
        await OkAsync($"patch deployment web -n {ns} --type merge -p " + """{"metadata":{"labels":{"tier":"front"}}}""");
        await OkAsync($"patch deployment web -n {ns} --type json -p " + """[{"op":"replace","path":"/spec/replicas","value":2}]""");
        Assert.Equal(
            "x A front 2",
            (await cluster.KubectlAsync(["get", "deployment", "web", "-n", ns, "-o", "jsonpath={.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].env[0].name} {.metadata.labels.tier} {.spec.replicas}"])).Succeeded().Output);

        await OkAsync($"scale deployment web -n {ns} --current-replicas=2 --replicas=3");
        Assert.Contains("Expected replicas to be 2, was 3", (await cluster.KubectlAsync($"scale deployment web -n {ns} --current-replicas=2 --replicas=4")).Error, StringComparison.Ordinal);
        var wrong = await cluster.KubectlAsync($"patch deployment web -n {ns} --type merge -p " + """{"spec":{"replicas":"abc"}}""");
        Assert.Contains("cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32", wrong.Error, StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Rolls_out_and_back()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"create deployment web -n {ns} --image=x:1 --replicas=2");
        await OkAsync($"rollout status deployment/web -n {ns} --timeout=60s");
        await OkAsync($"set image deployment/web x=x:2 -n {ns}");
        Assert.Contains("successfully rolled out", await OkAsync($"rollout status deployment/web -n {ns} --timeout=60s"), StringComparison.Ordinal);
        await OkAsync($"rollout undo deployment/web -n {ns}");
        Assert.Equal("x:1", await OkAsync($"get deployment web -n {ns} -o jsonpath={{.spec.template.spec.containers[0].image}}"));
        Assert.Contains("3 ", await OkAsync($"rollout history deployment/web -n {ns}"), StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Waits_until_pods_are_gone()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"create deployment web -n {ns} --image=x --replicas=3");
        await OkAsync($"rollout status deployment/web -n {ns} --timeout=60s");
        await OkAsync($"scale deployment web -n {ns} --replicas=0");
        await OkAsync($"wait --for=delete pod -l app=web -n {ns} --timeout=60s");

        Assert.Equal("", await OkAsync($"get pods -n {ns} -o name"));
        await OkAsync($"delete deployment web -n {ns} --cascade=foreground");
        await OkAsync($"delete namespace {ns}");
        Assert.Contains($"namespaces \"{ns}\" not found", (await cluster.KubectlAsync($"get pod x -n {ns}")).Error, StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Serves_custom_resources_only_while_they_are_defined()
    {
        var ns = await cluster.NewNamespaceAsync();
        const string Application =
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: a}
            spec: {destination: {namespace: n}}
            """;
        var file = ClusterFixture.Data(Path.Combine("crds", "argo-application.yaml"));
        Assert.NotEqual(0, (await cluster.KubectlAsync($"get applications.argoproj.io -n {ns}")).ExitCode);

        await OkAsync($"apply -f {file}");
        await OkAsync("wait --for=condition=established crd/applications.argoproj.io --timeout=30s");
        await OkAsync($"apply -n {ns} -f -", Application);
        Assert.Contains("unchanged", await OkAsync($"apply -n {ns} -f -", Application), StringComparison.Ordinal);
        var strategic = await cluster.KubectlAsync($"patch application a -n {ns} -p " + """{"spec":{"x":1}}""");
        Assert.Contains("is not supported", strategic.Error, StringComparison.Ordinal);
        await OkAsync($"patch application a -n {ns} --type merge -p " + """{"spec":{"x":1}}""");
        Assert.Equal("2", await OkAsync($"get application a -n {ns} -o jsonpath={{.metadata.generation}}"));
        await OkAsync($"delete -f {file}");
    }

    [ToolFact("kubectl")]
    public async Task A_reader_may_look_and_not_touch()
    {
        var ns = await cluster.NewNamespaceAsync();
        await OkAsync($"apply -n {ns} -f -", Map);
        var reader = cluster.Sandbox.ReadOnlyKubeconfigPath;

        Assert.Equal("configmap/m\n", (await cluster.KubectlAsync($"get cm m -n {ns} -o name", kubeconfig: reader)).Succeeded().Output);
        Assert.Equal("no\n", (await cluster.KubectlAsync($"auth can-i delete configmaps -n {ns}", kubeconfig: reader)).Output);
        var refused = await cluster.KubectlAsync($"delete cm m -n {ns}", kubeconfig: reader);
        Assert.Contains(
            $"configmaps \"m\" is forbidden: User \"sandbox-readonly\" cannot delete resource \"configmaps\" in API group \"\" in the namespace \"{ns}\"",
            refused.Error,
            StringComparison.Ordinal);
    }

    private async Task<string> OkAsync(string arguments, string? input = null) => (await cluster.KubectlAsync(arguments, input)).Succeeded().Output;
}
