namespace ScalarRestore.Engine.Values;

/// <summary>One entry of a properties text.</summary>
/// <param name="Key">The key, escapes resolved.</param>
/// <param name="Value">The value, escapes resolved, as Java sees it (trailing blanks are kept).</param>
/// <param name="Line">The line that the key stands on, from 1.</param>
/// <param name="Start">Where the key begins in the text.</param>
/// <param name="End">Where the next line begins; the text's length if there is none.</param>
internal sealed record PropertyEntry(string Key, string Value, int Line, int Start, int End);
