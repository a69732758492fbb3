using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>An error as Azure writes it.</summary>
/// <param name="Code">The code; null if there is none.</param>
/// <param name="Message">The words, as they came; empty if there are none.</param>
internal sealed record ArmError(string? Code, string Message)
{
    /// <summary>Reads the error of a body: <c>{"error": {…}}</c>, or as some providers have it, bare.</summary>
    public static ArmError Of(JsonObject? body)
    {
        var error = body?["error"] as JsonObject ?? body;
        var (code, message) = (Text(error, "code"), Text(error, "message"));

        // The general code hides the one that tells.
        if ((error?["details"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault() is { } detail
            && (message is null || code is null or "BadRequest" or "DeploymentFailed" or "ResourceOperationFailure"))
        {
            return new ArmError(Text(detail, "code") ?? code, Text(detail, "message") ?? message ?? "");
        }

        return new ArmError(code, message ?? "");
    }

    private static string? Text(JsonObject? map, string key) =>
        map?[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
