namespace ScalarRestore.HelpBuilder;

/// <summary>A type that goes in or comes out.</summary>
internal sealed record HelpType(string Name, string Text);
