namespace ScalarRestore.Engine.Values;

/// <summary>One entry of a properties text.</summary>
/// <param name="Key">The key, escapes resolved.</param>
/// <param name="Value">The value, escapes resolved, as Java sees it (trailing blanks are kept).</param>
/// <param name="Line">The line that the key stands on, from 1.</param>
internal sealed record PropertyEntry(string Key, string Value, int Line);
