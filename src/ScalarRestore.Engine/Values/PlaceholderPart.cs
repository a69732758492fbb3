namespace ScalarRestore.Engine.Values;

/// <summary>A placeholder in a value.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Variable">The environment variable that it refers to.</param>
/// <param name="Fallback">Where the text stands that counts while the variable is not set; null if there is none.</param>
/// <param name="UnsetIsEmpty">Whether it is empty, and not left as it is, when the variable is not set and there is no fallback.</param>
internal sealed record PlaceholderPart(TextSpan Span, string Variable, TextSpan? Fallback, bool UnsetIsEmpty);
