namespace ScalarRestore.Engine.Values;

/// <summary>One change of a text: so many characters from a place on are replaced.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">How many characters go.</param>
/// <param name="Replacement">What comes in their place.</param>
internal sealed record TextEdit(int Start, int Length, string Replacement);
