using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>What Azure answered. It is no record, whose text would show the URLs: they are signed and so as good as a password.</summary>
internal sealed class ArmAnswer
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The body; null if it is empty or no JSON object.</summary>
    public required JsonObject? Body { get; init; }

    /// <summary>Where the operation's record is. A secret.</summary>
    public Uri? AsyncUrl { get; init; }

    /// <summary>Where the operation's outcome will be. A secret.</summary>
    public Uri? LocationUrl { get; init; }

    /// <summary>When to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The id that Microsoft's support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>The id that joins a request with those that it led to, as the activity log shows it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Whether the request was done or accepted.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The ids, for the end of a message; empty if there are none.</summary>
    public string Ids => (RequestId, CorrelationId) switch
    {
        (null, null) => "",
        ({ } request, null) => $" (request {request})",
        (null, { } correlation) => $" (correlation {correlation})",
        var (request, correlation) => $" (request {request}, correlation {correlation})",
    };
}
