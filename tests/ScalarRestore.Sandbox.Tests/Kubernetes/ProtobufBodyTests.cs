using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

public sealed class ProtobufBodyTests
{
    [Fact]
    public void Reads_a_secret()
    {
        byte[] metadata = [.. Text(1, "s"), .. Text(3, "n"), .. Field(11, [.. Text(1, "app"), .. Text(2, "web")])];
        byte[] secret = [.. Field(1, metadata), .. Field(2, [.. Text(1, "key"), .. Text(2, "value")]), .. Text(3, "Opaque")];

        var item = ProtobufBody.Read(Envelope("v1", "Secret", secret));

        var expected = JsonNode.Parse(
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n","labels":{"app":"web"}},"data":{"key":"dmFsdWU="},"type":"Opaque"}""");
        Assert.True(JsonNode.DeepEquals(expected, item), item.ToJsonString());
    }

    [Fact]
    public void Leaves_out_what_is_unset_and_keeps_a_zero_count()
    {
        byte[] spec = [0x08, 0x00];
        byte[] deployment = [.. Field(1, Text(1, "d")), .. Field(2, spec), .. Field(3, [])];

        var item = ProtobufBody.Read(Envelope("apps/v1", "Deployment", deployment));

        Assert.Equal("""{"replicas":0}""", item["spec"]!.ToJsonString());
        Assert.Null(item["status"]);
    }

    [Fact]
    public void Keeps_the_empty_group_of_a_rule()
    {
        byte[] rule = [.. Text(1, "get"), .. Text(2, ""), .. Text(3, "pods")];

        var item = ProtobufBody.Read(Envelope("rbac.authorization.k8s.io/v1", "Role", [.. Field(1, Text(1, "r")), .. Field(2, rule)]));

        Assert.Equal("""[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]""", item["rules"]!.ToJsonString());
    }

    [Fact]
    public void Refuses_what_it_cannot_read()
    {
        Assert.Throws<FormatException>(() => ProtobufBody.Read("{}"u8));
        Assert.Throws<FormatException>(() => ProtobufBody.Read(Envelope("v1", "Unheard", [])));
        Assert.Throws<FormatException>(() => ProtobufBody.Read(Envelope("v1", "Secret", [0x0a, 0x7f, 0x01])));
    }

    private static byte[] Envelope(string apiVersion, string kind, byte[] item) =>
        [.. "k8s\0"u8, .. Field(1, [.. Text(1, apiVersion), .. Text(2, kind)]), .. Field(2, item)];

    private static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), (byte)content.Length, .. content];
}
