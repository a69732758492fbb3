using System.Text.Json.Nodes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Schema;

/// <summary>Runs Schema Loader with <c>--repair-all</c>, which adds what is missing and can be run again. (Guide, Cosmos DB, step 4.)</summary>
/// <param name="log">Takes what it writes.</param>
internal sealed class LoaderHandler(Action<string> log) : IStepHandler
{
    /// <summary>The kind of its steps.</summary>
    public const string StepKind = "schema.loader";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public async Task<JsonObject> EnsureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var input = context.Input<LoaderInput>();
        var java = JavaProgram.Find() ?? throw JavaProgram.NotFound();

        // The file may be another one by now, and what it names is changed.
        var config = await LoaderConfig.ReadAsync(input.Config, cancellationToken).ConfigureAwait(false);
        if (!config.Names(input.Endpoint))
            throw config.Foreign([input.Endpoint]);

        context.Report(Path.GetFileName(input.SchemaFile));
        var (exitCode, last) = await java.RunAsync(input.Arguments(), input.Timeout, config.Hide, log, cancellationToken).ConfigureAwait(false);
        return exitCode == 0
            ? new JsonObject { ["exitCode"] = exitCode }
            : throw new RestoreException(
                "SchemaLoaderFailed",
                FaultCategory.InvalidOperation,
                $"Schema Loader ended with exit code {exitCode} for {Path.GetFileName(input.SchemaFile)}. Its last words: {string.Join(" | ", last)}",
                input.SchemaFile,
                $"Mend what it says, then go on with: {context.ResumeCommand}. Or repair in another way: Repair-ScalarSchema -Method Copy.");
    }
}
