namespace ScalarRestore.Engine.Yaml;

/// <summary>What a text may cost at most. YAML from files and clusters is not ours.</summary>
/// <param name="MaxCharacters">The longest text.</param>
/// <param name="MaxDepth">The deepest nesting.</param>
/// <param name="MaxNodes">The most nodes.</param>
/// <param name="MaxExpanded">The most nodes that the text stands for when every alias is written out; 0 where aliases are not read.</param>
internal sealed record YamlBudget(int MaxCharacters, int MaxDepth, int MaxNodes, long MaxExpanded = 0)
{
    /// <summary>For kubeconfigs.</summary>
    public static YamlBudget Config { get; } = new(4 * 1024 * 1024, 32, 100_000);

    /// <summary>For values files: far above what a release record can hold, which is 1 MiB, compressed.</summary>
    public static YamlBudget Values { get; } = new(32 * 1024 * 1024, 100, 4_000_000, 10_000_000);

    /// <summary>For rendered manifests, which hold whole dashboards.</summary>
    public static YamlBudget Manifest { get; } = new(32 * 1024 * 1024, 100, 1_000_000);
}
