namespace ScalarRestore.Sandbox.Hosting;

/// <summary>An injected error, before it is put into a protocol. Nulls leave the choice to the service.</summary>
/// <param name="IsThrottle">The service's own "too many requests".</param>
/// <param name="Code">The error code, for example InternalServerError.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record Refusal(bool IsThrottle, string? Code, int? Status);
