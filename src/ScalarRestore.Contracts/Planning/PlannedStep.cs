using System.Text.Json.Nodes;

namespace ScalarRestore.Contracts;

/// <summary>The smallest thing that is journaled. A step ensures a state, so that doing it twice equals doing it once.</summary>
public sealed record PlannedStep
{
    /// <summary>Unique in the plan and the same for the same input, for example <c>copy:app.orders</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Which handler does it, for example <c>dynamodb.copy</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The full identity of what is acted on: an ARN, or cluster, namespace and name.</summary>
    public required string Target { get; init; }

    /// <summary>What it does, in words.</summary>
    public required string Action { get; init; }

    /// <summary>The keys of the steps that must be done before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The service limit that it counts against while it runs; null for none.</summary>
    public string? Limit { get; init; }

    /// <summary>How long it is expected to take.</summary>
    public TimeSpan Estimate { get; init; }

    /// <summary>The key of an earlier step that will take about as long as this one, so that by then it is known better; null for none.</summary>
    public string? Like { get; init; }

    /// <summary>Whether what it does cannot be undone.</summary>
    public bool Irreversible { get; init; }

    /// <summary>Whether it only reads.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What the handler needs: facts captured while planning, never a secret.</summary>
    public JsonObject Input { get; init; } = [];
}
