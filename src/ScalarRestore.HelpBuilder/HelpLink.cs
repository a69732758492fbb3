namespace ScalarRestore.HelpBuilder;

/// <summary>A related page. Without an address it is the help of another cmdlet.</summary>
internal sealed record HelpLink(string Text, string? Address);
