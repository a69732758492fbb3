using System.Text.Json.Nodes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>
/// Changes one file or one Secret. It looks at everything again and does what is left of its own part, so that it may run again after a crash
/// at any point; the new content takes the old one's place in one piece.
/// </summary>
internal sealed class ValuesHandler(string kind, EngineServices services, IReadOnlyList<RunWorkload> workloads, AccountKeys keys) : IStepHandler
{
    /// <summary>The kind of step that changes a file.</summary>
    public const string FileKind = "values.file";

    /// <summary>The kind of step that changes a Secret.</summary>
    public const string SecretKind = "values.secret";

    /// <inheritdoc/>
    public string Kind => kind;

    /// <summary>The handlers of guide step 3.</summary>
    public static IReadOnlyList<IStepHandler> All(EngineServices services, IReadOnlyList<RunWorkload> workloads, AccountKeys keys) =>
        [new ValuesHandler(FileKind, services, workloads, keys), new ValuesHandler(SecretKind, services, workloads, keys)];

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<ValuesStepInput>();
        var outcome = await new ValuesWork(services, input.Intent, WorkloadSelection.Of(workloads, input.Intent.Names), keys).PlanAsync(cancellationToken).ConfigureAwait(false);
        await ApplyAsync(outcome, input.Change, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["change"] = PhaseExecutor.ToJson(input.Change with { State = ValuesChangeState.Changed }) };
    }

    /// <summary>Makes one of the planned changes.</summary>
    public static async Task ApplyAsync(ValuesOutcome outcome, ValuesChange change, CancellationToken cancellationToken)
    {
        if (change.Target == ValuesTarget.Secret)
        {
            foreach (var secret in outcome.Secrets.Where(secret => secret.Path == change.Path))
                await secret.ApplyAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            foreach (var file in outcome.Files.Where(file => file.File.Path == change.Path && file.Plan.Edits.Count > 0))
                await file.File.WriteAsync(file.Plan.AfterText, cancellationToken).ConfigureAwait(false);
        }
    }
}
