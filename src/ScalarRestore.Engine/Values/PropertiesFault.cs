namespace ScalarRestore.Engine.Values;

/// <summary>A properties text that Java would give up on. Callers turn it into a fault that names the thing.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="index">Where in the text.</param>
internal sealed class PropertiesFault(string message, int index) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public const string Mend = "Write \\uXXXX, or double the backslash.";

    /// <summary>Where in the text.</summary>
    public int Index { get; } = index;
}
