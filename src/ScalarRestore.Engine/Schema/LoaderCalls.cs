using System.Globalization;
using System.Text.Json;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Schema;

/// <summary>The calls of Schema Loader that repair one account: one for each schema file, the coordinator's tables with the first.</summary>
internal static class LoaderCalls
{
    /// <summary>Checks what the loader needs, and that its properties name one of the restored accounts.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="accounts">The restored accounts.</param>
    /// <param name="workloads">The workloads of the run.</param>
    /// <param name="warnings">Takes what the operator should know.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The account that the properties name, and a step for each schema file.</returns>
    /// <exception cref="RestoreException">
    /// <c>SchemaLoaderInput</c>, <c>SchemaLoaderVersion</c>, <c>SchemaLoaderConfigForeign</c>, <c>JavaNotFound</c>, or what is wrong with a file.
    /// </exception>
    public static async Task<(RepairableAccount Account, IReadOnlyList<PlannedStep> Calls)> OfAsync(
        RepairSchemaRequest request, IReadOnlyList<RepairableAccount> accounts, IReadOnlyList<RunWorkload> workloads, List<string> warnings, CancellationToken cancellationToken)
    {
        if (request is not { LoaderPath: { } loader, ConfigPath: { } config, SchemaFiles.Count: > 0 })
        {
            throw new RestoreException(
                "SchemaLoaderInput",
                FaultCategory.InvalidArgument,
                "Schema Loader needs its jar, its properties and at least one schema file.",
                mend: "Give -SchemaLoaderPath, -ConfigPath and -SchemaFile. Nothing was changed.");
        }

        warnings.AddRange(LoaderVersion.Require(loader, workloads));
        _ = JavaProgram.Find() ?? throw JavaProgram.NotFound();
        var properties = await LoaderConfig.ReadAsync(config, cancellationToken).ConfigureAwait(false);
        var account = accounts.FirstOrDefault(account => account.Endpoint is { } endpoint && properties.Names(endpoint)) ?? throw properties.Foreign(accounts.Select(account => account.Endpoint));
        return (account, [.. request.SchemaFiles.Select((file, index) => Step(request, account, file, index))]);
    }

    private static PlannedStep Step(RepairSchemaRequest request, RepairableAccount account, string file, int index)
    {
        var input = new LoaderInput
        {
            Loader = request.LoaderPath!,
            Config = request.ConfigPath!,
            SchemaFile = file,
            Coordinator = index == 0 && !request.SkipCoordinator,
            Endpoint = account.Endpoint!,
            Timeout = request.Timeout,
        };
        return new PlannedStep
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"schema-loader:{account.Input.Target}:{index + 1}"),
            Kind = LoaderHandler.StepKind,
            Target = account.Input.TargetId,
            Action = $"run {Path.GetFileName(request.LoaderPath)} with --repair-all{(input.Coordinator ? " --coordinator" : "")} for {Path.GetFileName(file)} on {account.Input.Target}",
            Estimate = account.Estimate,
            Input = JsonSerializer.SerializeToNode(input, PlanJson.Options)!.AsObject(),
        };
    }
}
