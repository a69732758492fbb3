using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>What goes back to the caller.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; null for none.</param>
internal sealed record ArmAnswer(int Status, JsonNode? Body = null)
{
    /// <summary>Headers besides those that every answer has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ArmAnswer Ok(JsonNode body) => new(200, body);
}
