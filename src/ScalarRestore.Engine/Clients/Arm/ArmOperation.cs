using System.Text.Json;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// An operation that Azure accepted, as it is journaled, so that another process can go on waiting for it. The URLs that Azure gave for it
/// are left out: they are signed, and whoever has them may use them. Without them the resource itself is asked.
/// </summary>
internal sealed record ArmOperation
{
    /// <summary>The HTTP method that began it.</summary>
    public required string Method { get; init; }

    /// <summary>The resource that it works on; for an action, what the action is called on.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The API version that it was begun with.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>As one line of JSON, for <see cref="Running.StepContext.OperationStartedAsync"/>.</summary>
    public string ToText() => JsonSerializer.Serialize(this, PlanJson.Options);

    /// <summary>From the journal; null if nothing was journaled, or something else.</summary>
    public static ArmOperation? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<ArmOperation>(text, PlanJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
