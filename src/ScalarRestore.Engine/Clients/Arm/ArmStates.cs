using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>What the words of states mean.</summary>
internal static class ArmStates
{
    // What a resource is called while something is still being done to it.
    private static readonly HashSet<string> Moving = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accepted", "Creating", "Initializing", "InProgress", "Provisioning", "Restarting", "Restoring", "Running", "Starting", "Updating", "Deleting",
    };

    /// <summary>The state of a word; what is not known is still running.</summary>
    public static ArmState Of(string? word) => word?.ToUpperInvariant() switch
    {
        "SUCCEEDED" or "READY" => ArmState.Succeeded,
        "FAILED" => ArmState.Failed,
        "CANCELED" or "CANCELLED" => ArmState.Canceled,
        _ => ArmState.Running,
    };

    /// <summary>Whether a word says that something is still being done; not so for <c>Stopped</c>, nor for a word that is not known.</summary>
    public static bool IsMoving(string word) => Moving.Contains(word);

    /// <summary>The word in a resource: its provisioning state, or, as flexible servers have none, its state; null if it has neither.</summary>
    public static string? WordIn(JsonObject? resource)
    {
        var properties = resource?["properties"] as JsonObject;
        return Text(properties?["provisioningState"]) ?? Text(properties?["state"]);
    }

    /// <summary>A text that is not empty; null if it is none.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
