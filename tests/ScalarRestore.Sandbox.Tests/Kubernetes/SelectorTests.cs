using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Kubernetes;

public sealed class SelectorTests
{
    private static readonly JsonObject Pod = JsonNode.Parse(
        """{"metadata":{"name":"web-1","namespace":"n","labels":{"app":"web","tier":"front"}},"status":{"phase":"Running"}}""")!.AsObject();

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier!=back", true)]
    [InlineData("app = web , tier = front", true)]
    [InlineData("app=other", false)]
    [InlineData("app in (web, other),tier notin (back)", true)]
    [InlineData("app in (other)", false)]
    [InlineData("zone notin (a)", true)]
    [InlineData("tier", true)]
    [InlineData("zone", false)]
    [InlineData("!zone", true)]
    [InlineData("!tier", false)]
    [InlineData("zone!=a", true)]
    public void Selects_by_labels(string selector, bool expected) => Assert.Equal(expected, LabelSelector.Parse(selector).Matches(Pod));

    [Theory]
    [InlineData("app in web")]
    [InlineData("app with (a)")]
    [InlineData("=web")]
    public void Refuses_what_is_no_selector(string selector) => Assert.Throws<FormatException>(() => LabelSelector.Parse(selector));

    [Fact]
    public void Reads_a_selector_object()
    {
        var selector = LabelSelector.From(JsonNode.Parse(
            """{"matchLabels":{"app":"web"},"matchExpressions":[{"key":"tier","operator":"In","values":["front"]},{"key":"zone","operator":"DoesNotExist"}]}""")!.AsObject())!;

        Assert.True(selector.Matches(Pod));
        Assert.Equal("app=web,tier=front,!zone", selector.ToString());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=web-1", true)]
    [InlineData("metadata.name=web-2", false)]
    [InlineData("metadata.namespace=n,status.phase!=Failed", true)]
    [InlineData("status.phase==Running", true)]
    public void Selects_by_fields(string selector, bool expected) =>
        Assert.Equal(expected, FieldSelector.Parse(selector, BuiltInTypes.Pods).Matches(Pod));

    [Fact]
    public void Refuses_a_field_that_cannot_be_selected_by()
    {
        var e = Assert.Throws<FormatException>(() => FieldSelector.Parse("spec.replicas=1", BuiltInTypes.Deployments));

        Assert.Equal("field label not supported: spec.replicas", e.Message);
    }
}
