using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Tests.Yaml;

public class YamlReaderTests
{
    [Theory]
    [InlineData("a: [1, 2\nk: \"v\" # note\nk2: \"v\" # note\n")]
    [InlineData("a: [1, 2\nk: \"v\"\n")]
    [InlineData("a: {b: 1\nk: \"v\"\n")]
    [InlineData("a: ]\n")]
    [InlineData("a: \"no end\nb: c\n")]
    [InlineData("a:\n\t- tab\n")]
    [InlineData("a: b: c\n")]
    [InlineData("? [a]\n: b\n")]
    [InlineData("a: &\n")]
    [InlineData("a: !<\n")]
    [InlineData("%YAML 9.9\n---\na: b\n")]
    [InlineData("a: >9999\n b\n")]
    public void WhatIsNoYamlIsAFaultWithAPlace(string text)
    {
        var fault = Assert.Throws<YamlFault>(() => YamlReader.ReadDocument(text, YamlBudget.Values));

        Assert.InRange(fault.Line, 1, 4);
        Assert.NotEmpty(fault.Message);
    }
}
