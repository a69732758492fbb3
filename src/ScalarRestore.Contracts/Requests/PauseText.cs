namespace ScalarRestore.Contracts;

/// <summary>A text that tells of a pause.</summary>
/// <param name="Content">One or more JSON objects, or log lines.</param>
/// <param name="Source">The file, or a word for where the text comes from.</param>
public sealed record PauseText(string Content, string Source);
