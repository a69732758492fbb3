namespace ScalarRestore.Engine.Yaml;

/// <summary>The first document of a YAML text: helm reads no other.</summary>
/// <param name="Root">Its root; null if it is empty.</param>
/// <param name="NextLine">The line at which a second document begins; null if there is none.</param>
/// <param name="Keys">Where the root's keys begin, if it is a mapping of lines that begin in the first column; else empty.</param>
internal sealed record YamlDocument(YamlItem? Root, int? NextLine, IReadOnlyList<int> Keys);
