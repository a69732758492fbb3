namespace ScalarRestore.HelpBuilder;

/// <summary>An example: a title, its code, and what is to be said about it.</summary>
internal sealed record HelpExample(string Title, List<string> Code, List<string> Remarks);
