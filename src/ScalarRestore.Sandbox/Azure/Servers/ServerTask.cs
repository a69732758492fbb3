using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>Something that is done to a server.</summary>
/// <param name="Operation">What the service calls it in its answer.</param>
/// <param name="Time">How long it takes.</param>
/// <param name="Kind">What it is, for the draw of its time.</param>
internal sealed record ServerTask(string Operation, ServiceTime Time, string Kind)
{
    /// <summary>The code that it fails with; null where it succeeds.</summary>
    public string? Failure { get; init; }

    /// <summary>What has changed at the end.</summary>
    public Action<DateTimeOffset>? Done { get; init; }

    /// <summary>What is told at the end; null for the server itself.</summary>
    public Func<JsonNode?>? Result { get; init; }
}
