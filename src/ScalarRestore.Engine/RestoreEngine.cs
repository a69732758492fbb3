using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Procedures;
using ScalarRestore.Engine.RestorePoints;
using ScalarRestore.Engine.Running;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine;

/// <summary>The engine behind the cmdlets. It keeps no state between two calls: what has to last is in the journals and in the cloud.</summary>
public sealed class RestoreEngine : IRestoreEngine
{
    private readonly EngineSettings? _settings;

    /// <summary>Makes an engine that follows the environment of this process, as it is at each call: a session may turn from the sandbox to AWS.</summary>
    public RestoreEngine()
    {
    }

    internal RestoreEngine(EngineSettings settings)
    {
        _settings = settings;
    }

    private EngineSettings Settings => _settings ?? EngineSettings.FromEnvironment();

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScalarWorkload>> GetWorkloadsAsync(WorkloadQuery query, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ServiceMode.ReadOnly, host, services => new WorkloadFinder(services.Cluster(query.Connection), services.Clock).FindAsync(query, cancellationToken));

    /// <inheritdoc/>
    public Task<RestoreRun> StopWorkloadsAsync(StopRequest request, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ModeOf(request.WhatIf), host, services => StopProcedure.RunAsync(request, services, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScalarDatabase>> GetDatabasesAsync(DatabaseQuery query, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync<IReadOnlyList<ScalarDatabase>>(ServiceMode.ReadOnly, host, async services =>
        {
            var providers = services.Providers(fence: null);
            DatabaseIdentifiers.RefuseForeign(query.Selection, providers);
            var found = await Task.WhenAll(providers.Select(provider => provider.FindAsync(query, cancellationToken))).ConfigureAwait(false);
            return [.. found.SelectMany(databases => databases)];
        });

    /// <inheritdoc/>
    public RestorePoint GetRestorePoint(RestorePointQuery query) =>
        RestorePointCalculator.Compute([.. query.Windows, .. query.Texts.SelectMany(PauseTextReader.Read)], Settings.Clock.GetUtcNow());

    /// <inheritdoc/>
    public Task<RestoreRun> RestoreDatabasesAsync(RestoreRequest request, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ModeOf(request.WhatIf || request.PlanOnly), host, services => RestoreProcedure.RunAsync(request, services, cancellationToken), request.Selection.Azure);

    /// <inheritdoc/>
    public Task<RestoreRun> RepairSchemaAsync(RepairSchemaRequest request, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ModeOf(request.WhatIf), host, services => RepairSchemaProcedure.RunAsync(request, services, cancellationToken), request.Azure);

    /// <inheritdoc/>
    public Task<ValuesUpdate> UpdateValuesAsync(UpdateValuesRequest request, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ModeOf(request.WhatIf), host, services => UpdateValuesProcedure.RunAsync(request, services, cancellationToken), request.Azure);

    /// <inheritdoc/>
    public Task<RestoreRun> StartWorkloadsAsync(StartRequest request, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ModeOf(request.WhatIf), host, services => StartProcedure.RunAsync(request, services, cancellationToken), request.Azure);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RestoreRun>> GetRunsAsync(RunQuery query, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ServiceMode.ReadOnly, host, services => RunLoader.FindAsync(query, services, cancellationToken));

    /// <inheritdoc/>
    public Task<RestoreRun> ResumeAsync(ResumeRequest request, IHostLink host, CancellationToken cancellationToken) =>
        UseAsync(ModeOf(request.WhatIf), host, services => ResumeProcedure.RunAsync(request, services, cancellationToken), request.Azure);

    private static ServiceMode ModeOf(bool readOnly) => readOnly ? ServiceMode.ReadOnly : ServiceMode.ReadWrite;

    private async Task<T> UseAsync<T>(ServiceMode mode, IHostLink host, Func<EngineServices, Task<T>> act, AzureConnection? azure = null)
    {
        using var services = new EngineServices(Settings, mode, host, azure);
        return await act(services).ConfigureAwait(false);
    }
}
