namespace ScalarRestore.Engine.Yaml;

/// <summary>A text that cannot be read as YAML. Callers turn it into a fault that names the thing.</summary>
internal sealed class YamlFault(string message, int line, int column, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column, from 1.</summary>
    public int Column { get; } = column;
}
