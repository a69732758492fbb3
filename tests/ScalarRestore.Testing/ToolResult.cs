using System.Text.Json.Nodes;

namespace ScalarRestore.Testing;

/// <summary>What a program did.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Succeeded().Output)!;

    /// <summary>This, or an exception with the program's own words where it failed.</summary>
    public ToolResult Succeeded() => ExitCode == 0 ? this : throw new InvalidOperationException($"Exit code {ExitCode}: {Error}{Output}");
}
