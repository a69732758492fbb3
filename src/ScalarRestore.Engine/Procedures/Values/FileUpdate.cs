namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>Guide step 3 for files by themselves: no run, no journal. An interrupted one is simply run again.</summary>
internal static class FileUpdate
{
    /// <summary>Plans, asks, and changes the files, and with consent the Secrets behind them.</summary>
    public static async Task<ValuesUpdate> RunAsync(UpdateValuesRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        if (request.Endpoints.Count == 0)
            throw Missing("EndpointMissing", "Without a run, nobody knows which endpoint was restored to which.", "Give -OldEndpoint and -NewEndpoint, or pipe in a run.");

        if (request.Paths.Count == 0 || request.FromRelease)
            throw Missing("PathMissing", "Without a run, the values have to be in files.", "Name them with -Path, in the order in which helm is given them.");

        var intent = new ValuesIntent
        {
            Paths = request.Paths,
            UpdateSecret = request.UpdateSecret,
            Changes = request.Endpoints,
            Connection = request.Connection,
            Namespace = request.Namespace,
        };
        var outcome = await new ValuesWork(services, intent, [], new AccountKeys(request.AccountKey, services.Host, new AccountKeyReader(services, []))).PlanAsync(cancellationToken).ConfigureAwait(false);
        foreach (var warning in outcome.Warnings)
            services.Host.Warning(warning);

        var planned = outcome.Show(ValuesChangeState.Planned);
        foreach (var change in planned.Where(change => change.State == ValuesChangeState.Planned))
        {
            if (!await services.Host.ShouldProcessAsync(change.Path, ValuesWords.Action(change), cancellationToken).ConfigureAwait(false))
            {
                if (!request.WhatIf)
                {
                    services.Host.Warning($"Changing {change.Path} was declined, so nothing was changed.");
                    return new ValuesUpdate { Changes = planned };
                }
            }
        }

        if (request.WhatIf)
            return new ValuesUpdate { Changes = planned };

        foreach (var change in planned)
            await ValuesHandler.ApplyAsync(outcome, change, cancellationToken).ConfigureAwait(false);

        return new ValuesUpdate { Changes = outcome.Show(ValuesChangeState.Changed) };
    }

    private static RestoreException Missing(string id, string message, string mend) =>
        new(id, FaultCategory.InvalidArgument, message, mend: $"{mend} Nothing was changed.");
}
