namespace ScalarRestore.Engine.Values;

/// <summary>One text that values come from: a values file, a properties file, or the values of a release.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Text">The text.</param>
/// <param name="IsProperties">Whether it is a properties text of its own, such as Schema Loader's <c>database.properties</c>, and no YAML.</param>
internal sealed record ValuesSource(string Name, string Text, bool IsProperties);
