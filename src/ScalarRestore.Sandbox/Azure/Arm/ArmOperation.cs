using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>A long-running operation. Its status is a matter of time alone, however often it is asked for.</summary>
internal sealed record ArmOperation
{
    public required string Id { get; init; }

    /// <summary>For example Microsoft.DocumentDB.</summary>
    public required string Provider { get; init; }

    public required string Location { get; init; }

    /// <summary>The id of the resource that it is about.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Its name, for fault plans.</summary>
    public required string Resource { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The query that its addresses carry. Only who has it whole is answered.</summary>
    public required string Query { get; init; }

    /// <summary>The code and message it fails with; null where it succeeds.</summary>
    public (string Code, string Message)? Error { get; init; }

    /// <summary>The resource as it is told at the end; null for nothing.</summary>
    public Func<JsonNode?> Result { get; init; } = () => null;

    /// <summary>Seconds of the sandbox between two looks; null where the service does not say.</summary>
    public double? RetryAfter { get; init; }

    public bool IsCosmos => Provider == "Microsoft.DocumentDB";

    public string StatusPath(string subscription) =>
        $"{Place(subscription)}/{(IsCosmos ? "operationsStatus" : "azureAsyncOperation")}/{Id}";

    public string ResultPath(string subscription) => IsCosmos
        ? $"{ResourceId}/operationResults/{Id}"
        : $"{Place(subscription)}/operationResults/{Id}";

    public string Status(DateTimeOffset now) => now < EndsAt ? IsCosmos ? "Dequeued" : "InProgress"
        : Error is null ? "Succeeded" : "Failed";

    private string Place(string subscription) => $"/subscriptions/{subscription}/providers/{Provider}/locations/{Location}";
}
