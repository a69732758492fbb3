namespace ScalarRestore.Engine.Workloads;

/// <summary>How a workload's release will be changed.</summary>
/// <param name="Engine">Helm or Record.</param>
/// <param name="ChartReference">Where helm takes the chart from; null for Record.</param>
/// <param name="Reason">Why, for the plan and the journal.</param>
internal sealed record EngineChoice(WorkloadEngine Engine, string? ChartReference, string Reason);
