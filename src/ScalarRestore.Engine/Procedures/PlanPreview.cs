namespace ScalarRestore.Engine.Procedures;

/// <summary>What <c>-WhatIf</c> and <c>-PlanOnly</c> return: the run as it stands, with the plan, marked as not executed.</summary>
internal static class PlanPreview
{
    /// <summary>Lists every change of the plan to the host, which prints it under <c>-WhatIf</c>.</summary>
    public static async Task ListAsync(RestorePlan plan, IHostLink host, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Steps.Where(step => !step.ReadOnly))
        {
            await host.ShouldProcessAsync(step.Target, step.Action, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The run with the plan in it.</summary>
    public static RestoreRun Of(RestoreRun run, RestorePlan plan) => run with
    {
        Plan = plan,
        Steps = [.. plan.Steps.Select(step => new StepReport { Key = step.Key, State = StepState.Pending })],
        NotExecuted = true,
    };
}
