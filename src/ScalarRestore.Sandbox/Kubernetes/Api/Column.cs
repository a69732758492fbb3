using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>One column of a table: its heading and how to read its cell.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Cell">The cell of an object at an instant.</param>
/// <param name="Wide">Shown with <c>-o wide</c> only.</param>
/// <param name="Type">string, integer or date.</param>
internal sealed record Column(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Cell, bool Wide = false, string Type = "string")
{
    public JsonObject ToDefinition() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Name == "Name" ? "name" : "",
        ["description"] = "",
        ["priority"] = Wide ? 1 : 0,
    };
}
