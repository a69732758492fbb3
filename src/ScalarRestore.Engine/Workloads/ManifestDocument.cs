using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>One object of a rendered manifest.</summary>
/// <param name="Offset">Where its text begins in the manifest.</param>
/// <param name="End">The first character after its text.</param>
/// <param name="Root">The object; places are relative to <paramref name="Offset"/>.</param>
internal sealed record ManifestDocument(int Offset, int End, YamlItem Root)
{
    /// <summary>The object's kind.</summary>
    public string? Kind => Root["kind"]?.Text;

    /// <summary>The object's name.</summary>
    public string? Name => Root.At("metadata", "name")?.Text;

    /// <summary>The pod template's label that tells the product's pods from envoy's.</summary>
    public string? PodAppLabel => Root.At("spec", "template", "metadata", "labels", "app.kubernetes.io/app")?.Text;
}
