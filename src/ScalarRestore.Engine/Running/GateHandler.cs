using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Running;

/// <summary>
/// The gate: every copy that it waited for is ready and checked, and what follows cannot be undone. It asks once, unless the operator has consented
/// beforehand; what was consented to, and how, is journaled.
/// </summary>
internal sealed class GateHandler(IHostLink host, ConsentGiven consent, Func<string, JsonObject, CancellationToken, Task> journalConsent) : IStepHandler
{
    /// <summary>The kind of a gate step.</summary>
    public const string StepKind = "gate";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<GateInput>();
        if (input.Deletions.Count == 0)
        {
            return new JsonObject { ["consent"] = "not needed" };
        }

        var how = consent.How;
        if (how is null)
        {
            var question = $"Every copy of what changes now is ready and checked. The next steps cannot be undone: {string.Join("; ", input.Deletions)}. Go on?";
            context.Report("waiting for consent");
            if (!await host.ShouldContinueAsync(question, "Delete the live tables", cancellationToken).ConfigureAwait(false))
            {
                throw new RestoreException(
                    "ConsentDeclined",
                    FaultCategory.OperationStopped,
                    "Consent was declined. Nothing was deleted; every copy is kept.",
                    context.Step.Target,
                    context.ResumeCommand);
            }

            how = "asked";
        }

        var evidence = new JsonObject { ["consent"] = how, ["by"] = Environment.UserName, ["to"] = string.Join("; ", input.Deletions) };
        await journalConsent(context.Step.Key, evidence.DeepClone().AsObject(), cancellationToken).ConfigureAwait(false);
        return evidence;
    }
}
