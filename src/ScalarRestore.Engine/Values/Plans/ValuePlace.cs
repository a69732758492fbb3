namespace ScalarRestore.Engine.Values.Plans;

/// <summary>A place in the sources.</summary>
/// <param name="Source">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Key">The dotted key of the value; empty in properties files.</param>
/// <param name="Property">The property in it; null where the value itself is meant.</param>
internal sealed record ValuePlace(string Source, int Line, int Column, string Key, string? Property)
{
    /// <summary>For messages: file, line, column and what stands there.</summary>
    public override string ToString() => $"{Source}, line {Line}, column {Column} ({Name})";

    /// <summary>The key and the property.</summary>
    public string Name => Property is null ? Key : Key.Length == 0 ? Property : $"{Property} in {Key}";
}
