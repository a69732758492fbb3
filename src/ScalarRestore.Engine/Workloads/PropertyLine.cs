namespace ScalarRestore.Engine.Workloads;

/// <summary>The lines <c>property=value</c> of properties that a chart writes itself, one a line and without escapes.</summary>
internal static class PropertyLine
{
    /// <summary>The value of a property; null if there is no such line.</summary>
    public static string? Find(string text, string property) =>
        text.Split('\n').Where(line => Is(line, property)).Select(line => line[(property.Length + 1)..]).FirstOrDefault();

    /// <summary>The text with another value.</summary>
    public static string Set(string text, string property, string value) =>
        string.Join('\n', text.Split('\n').Select(line => Is(line, property) ? $"{property}={value}" : line));

    private static bool Is(string line, string property) =>
        line.StartsWith(property, StringComparison.Ordinal) && line.Length > property.Length && line[property.Length] == '=';
}
