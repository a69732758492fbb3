namespace ScalarRestore.Engine.Running;

/// <summary>Consent that was given before the gate was reached.</summary>
/// <param name="How"><c>-Force</c> or <c>-ApprovePlan DIGEST</c>; null if the gate has to ask.</param>
internal sealed record ConsentGiven(string? How)
{
    /// <summary>Reads consent from the parameters of a command.</summary>
    /// <exception cref="RestoreException">The digest approves another plan.</exception>
    public static ConsentGiven From(bool force, string? approvePlan, RestorePlan plan)
    {
        if (approvePlan is not null)
        {
            if (!string.Equals(approvePlan.Trim(), plan.Digest, StringComparison.OrdinalIgnoreCase))
            {
                throw new RestoreException(
                    "PlanNotApproved",
                    FaultCategory.InvalidArgument,
                    $"The plan has changed since it was approved: approved {approvePlan}, now {plan.Digest}. Nothing was changed.",
                    plan.Digest,
                    "Look at the new plan with -PlanOnly, then approve its digest.");
            }

            return new ConsentGiven($"-ApprovePlan {plan.Digest}");
        }

        return new ConsentGiven(force ? "-Force" : null);
    }
}
