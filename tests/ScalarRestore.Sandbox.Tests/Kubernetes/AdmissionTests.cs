using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

/// <summary>The rules of writing, without a server around them.</summary>
public sealed class AdmissionTests
{
    private const string Deployment =
        """{"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";

    private readonly ObjectStore _store;
    private readonly ObjectWriter _writer;

    public AdmissionTests()
    {
        _store = new ObjectStore(new SandboxClock(DateTimeOffset.UnixEpoch, 1, TimeProvider.System), new ResourceCatalog(), history: 5, seed: 1);
        _writer = new ObjectWriter(_store);
        _writer.Create(BuiltInTypes.Namespaces, "", Map("""{"metadata":{"name":"n"}}"""), dryRun: false);
    }

    [Fact]
    public void Adds_the_defaults_clients_rely_on()
    {
        var made = Create(BuiltInTypes.Deployments, Deployment.Replace("\"replicas\":1,", "", StringComparison.Ordinal));

        Assert.Equal(1, made.NumberAt("spec", "replicas"));
        Assert.Equal("25%", made.TextAt("spec", "strategy", "rollingUpdate", "maxSurge"));
        Assert.Equal(30, made.NumberAt("spec", "template", "spec", "terminationGracePeriodSeconds"));
        Assert.Equal(1, made.NumberAt("metadata", "generation"));
    }

    [Theory]
    [InlineData("\"replicas\":1", "\"replicas\":\"1\"", 400, "cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("\"replicas\":1", "\"replicas\":1.5", 400, "cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("\"replicas\":1", "\"replicas\":-1", 422, "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"name\":\"d\"", "\"name\":\"D_\"", 422, "metadata.name: Invalid value: \"D_\"")]
    [InlineData("\"image\":\"i\"", "\"image\":\"\"", 422, "spec.template.spec.containers[0].image: Required value")]
    [InlineData("\"labels\":{\"a\":\"b\"}", "\"labels\":{\"a\":\"c\"}", 422, "`selector` does not match template `labels`")]
    [InlineData("\"name\":\"d\"", "\"name\":\"d\",\"labels\":{\"x\":5}", 400, "ObjectMeta.metadata.labels of type string")]
    [InlineData("\"name\":\"d\"", "\"name\":\"d\",\"namespace\":\"other\"", 400, "does not match the namespace sent on the request")]
    public void Refuses_wrong_deployments(string right, string wrong, int code, string message)
    {
        var e = Assert.Throws<ApiException>(() => Create(BuiltInTypes.Deployments, Deployment.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal(code, e.Code);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_every_fault_with_its_field()
    {
        var body = Deployment.Replace("\"image\":\"i\"", "\"image\":\"\"", StringComparison.Ordinal).Replace("\"replicas\":1", "\"replicas\":-1", StringComparison.Ordinal);

        var e = Assert.Throws<ApiException>(() => Create(BuiltInTypes.Deployments, body));

        Assert.Equal(["spec.replicas", "spec.template.spec.containers[0].image"], e.ToStatus().ItemsAt("details", "causes").Select(cause => cause.TextAt("field")));
    }

    [Fact]
    public void A_stale_version_is_a_conflict_and_no_change_keeps_the_version()
    {
        var made = Create(BuiltInTypes.Deployments, Deployment);
        var same = Update(BuiltInTypes.Deployments, made, _ => { });
        var scaled = Update(BuiltInTypes.Deployments, made, copy => copy["spec"]!["replicas"] = 2);

        Assert.Equal(made.ResourceVersion(), same.ResourceVersion());
        Assert.NotEqual(made.ResourceVersion(), scaled.ResourceVersion());
        Assert.Equal(2, scaled.NumberAt("metadata", "generation"));
        var stale = made.Copy();
        stale["spec"]!["replicas"] = 3;
        var e = Assert.Throws<ApiException>(() => _writer.Update(BuiltInTypes.Deployments, scaled, stale, "", dryRun: false));
        Assert.Equal("Operation cannot be fulfilled on deployments.apps \"d\": the object has been modified; please apply your changes to the latest version and try again", e.Message);
    }

    [Fact]
    public void What_never_changes_is_refused()
    {
        var made = Create(BuiltInTypes.Deployments, Deployment);

        var e = Assert.Throws<ApiException>(() => Update(BuiltInTypes.Deployments, made, copy =>
        {
            copy["spec"]!["selector"]!["matchLabels"]!["x"] = "y";
            copy["spec"]!["template"]!["metadata"]!["labels"]!["x"] = "y";
        }));

        Assert.Contains("field is immutable", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_fold_their_plain_data_and_keep_their_type()
    {
        var made = Create(BuiltInTypes.Secrets, """{"metadata":{"name":"s"},"stringData":{"a":"x"}}""");

        Assert.Equal("eA==", made.TextAt("data", "a"));
        Assert.Null(made["stringData"]);
        Assert.Throws<ApiException>(() => Update(BuiltInTypes.Secrets, made, copy => copy["type"] = "other"));
        Assert.Throws<ApiException>(() => Create(BuiltInTypes.Secrets, """{"metadata":{"name":"bad"},"data":{"a":"%%"}}"""));
    }

    [Fact]
    public void Finalizers_hold_an_object_back()
    {
        var made = Create(BuiltInTypes.ConfigMaps, """{"metadata":{"name":"m","finalizers":["x/y"]}}""");

        var (held, gone) = _writer.Delete(BuiltInTypes.ConfigMaps, made, new DeleteOptions());
        Assert.False(gone);
        Assert.True(held.IsTerminating());

        Update(BuiltInTypes.ConfigMaps, held, copy => copy["metadata"]!.AsObject().Remove("finalizers"));
        Assert.Null(_store.Find(BuiltInTypes.ConfigMaps, "n", "m"));
    }

    [Fact]
    public void A_dry_run_keeps_nothing()
    {
        var before = _store.Version;

        var shown = _writer.Create(BuiltInTypes.ConfigMaps, "n", Map("""{"metadata":{"name":"m"}}"""), dryRun: true);

        Assert.Equal("m", shown.Name());
        Assert.Null(_store.Find(BuiltInTypes.ConfigMaps, "n", "m"));
        Assert.Equal(before, _store.Version);
    }

    [Fact]
    public void Old_changes_are_forgotten()
    {
        for (var i = 0; i < 10; i++)
        {
            Create(BuiltInTypes.ConfigMaps, $$$"""{"metadata":{"name":"m{{{i}}}"}}""");
        }

        Assert.Null(_store.Since(_store.Floor - 1));
        Assert.Equal(5, _store.Since(_store.Floor)!.Count);
    }

    private static JsonObject Map(string json) => JsonNode.Parse(json)!.AsObject();

    private JsonObject Create(ResourceType type, string json) => _writer.Create(type, "n", Map(json), dryRun: false);

    private JsonObject Update(ResourceType type, JsonObject before, Action<JsonObject> change)
    {
        var copy = before.Copy();
        change(copy);
        return _writer.Update(type, before, copy, "", dryRun: false);
    }
}
