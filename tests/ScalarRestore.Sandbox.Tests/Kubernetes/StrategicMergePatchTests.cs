using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Patches;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

public sealed class StrategicMergePatchTests
{
    [Theory]
    [InlineData("maps merge, null removes", """{"a":{"x":1,"y":2}}""", """{"a":{"y":null,"z":3}}""", """{"a":{"x":1,"z":3}}""")]
    [InlineData("containers merge by name", """{"containers":[{"name":"a","image":"1"},{"name":"b"}]}""", """{"containers":[{"name":"a","image":"2"}]}""", """{"containers":[{"name":"a","image":"2"},{"name":"b"}]}""")]
    [InlineData("new items are appended", """{"containers":[{"name":"a"}]}""", """{"containers":[{"name":"b"}]}""", """{"containers":[{"name":"a"},{"name":"b"}]}""")]
    [InlineData("an item is deleted", """{"volumes":[{"name":"a"},{"name":"b"}]}""", """{"volumes":[{"$patch":"delete","name":"a"}]}""", """{"volumes":[{"name":"b"}]}""")]
    [InlineData("a list is replaced on demand", """{"volumes":[{"name":"a"},{"name":"b"}]}""", """{"volumes":[{"$patch":"replace"},{"name":"c"}]}""", """{"volumes":[{"name":"c"}]}""")]
    [InlineData("a map is replaced on demand", """{"a":{"x":1}}""", """{"a":{"$patch":"replace","y":2}}""", """{"a":{"y":2}}""")]
    [InlineData("lists without a key are replaced", """{"tolerations":[{"key":"a"},{"key":"b"}]}""", """{"tolerations":[{"key":"c"}]}""", """{"tolerations":[{"key":"c"}]}""")]
    [InlineData("the order is set", """{"containers":[{"name":"a"},{"name":"b"}]}""", """{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"a","image":"2"}]}""", """{"containers":[{"name":"b"},{"name":"a","image":"2"}]}""")]
    [InlineData("finalizers are a set", """{"metadata":{"finalizers":["a"]}}""", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"finalizers":["a","b"]}}""")]
    [InlineData("strings are removed from a set", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}}""", """{"metadata":{"finalizers":["b"]}}""")]
    [InlineData("only named keys are retained", """{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}""", """{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}""", """{"strategy":{"type":"Recreate"}}""")]
    [InlineData("directives never stay, in new items either", """{}""", """{"containers":[{"name":"a","$setElementOrder/env":[{"name":"X"}],"env":[{"name":"X","value":"1"},{"$patch":"delete","name":"Y"}]}]}""", """{"containers":[{"name":"a","env":[{"name":"X","value":"1"}]}]}""")]
    public void Merges(string rule, string original, string patch, string expected)
    {
        var result = StrategicMergePatch.Apply(Map(original), Map(patch), "Deployment");

        Assert.True(JsonNode.DeepEquals(Map(expected), result), $"{rule}: {result.ToJsonString()}");
    }

    [Fact]
    public void Keeps_the_original_as_it_was()
    {
        var original = Map("""{"containers":[{"name":"a","env":[{"name":"X","value":"1"}]}]}""");
        var before = original.ToJsonString();

        StrategicMergePatch.Apply(original, Map("""{"containers":[{"name":"a","env":[{"name":"X","value":"2"}]}]}"""), "Pod");

        Assert.Equal(before, original.ToJsonString());
    }

    [Theory]
    [InlineData("Service", "spec", "ports", "port")]
    [InlineData("Deployment", "containers", "ports", "containerPort")]
    [InlineData("Pod", "spec", "imagePullSecrets", "name")]
    [InlineData("ServiceAccount", "", "imagePullSecrets", null)]
    [InlineData("Deployment", "containers", "volumeMounts", "mountPath")]
    [InlineData("Deployment", "containers", "args", null)]
    [InlineData("Role", "", "rules", null)]
    public void Knows_the_merge_keys(string kind, string parent, string field, string? expected) =>
        Assert.Equal(expected, StrategicMergePatch.MergeKey(kind, parent, field));

    [Fact]
    public void Refuses_an_item_without_its_key()
    {
        var e = Assert.Throws<PatchException>(() => StrategicMergePatch.Apply(Map("{}"), Map("""{"containers":[{"image":"x"}]}"""), "Pod"));

        Assert.Contains("merge key: name", e.Message, StringComparison.Ordinal);
    }

    private static JsonObject Map(string json) => JsonNode.Parse(json)!.AsObject();
}
