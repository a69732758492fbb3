namespace ScalarRestore.Engine.Values;

/// <summary>One change of a text: so many characters from a place on are replaced.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">How many characters go.</param>
/// <param name="Replacement">What comes in their place.</param>
/// <param name="IsSecret">Whether what comes must never be shown.</param>
internal sealed record TextEdit(int Start, int Length, string Replacement, bool IsSecret = false)
{
    /// <summary>Nothing of a secret is printed.</summary>
    public override string ToString() => $"{Start}, {Length}: {(IsSecret ? "***" : Replacement)}";
}
