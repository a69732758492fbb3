namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>One setting that is not as it was.</summary>
/// <param name="Setting">Which setting.</param>
/// <param name="Detail">The index, the tag or the resource, where the setting has several; else empty.</param>
/// <param name="Expected">As it was captured.</param>
/// <param name="Actual">As it is.</param>
internal sealed record Drift(Setting Setting, string Detail, string Expected, string Actual)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Setting}{(Detail.Length == 0 ? "" : $" {Detail}")}: expected {Shown(Expected)}, is {Shown(Actual)}";

    private static string Shown(string text) => text.Length == 0 ? "none" : text;
}
