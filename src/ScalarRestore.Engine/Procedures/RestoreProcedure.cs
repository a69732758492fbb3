using System.Globalization;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Guide step 2: brings every database of a stopped run back to one point in time.</summary>
internal static class RestoreProcedure
{
    /// <summary>Captures, plans, asks, restores and verifies.</summary>
    public static async Task<RestoreRun> RunAsync(RestoreRequest request, EngineServices services, CancellationToken cancellationToken)
    {
        var time = WholeSecond(request.RestoreTime, services.Clock.GetUtcNow());
        if (request.WhatIf || request.PlanOnly)
        {
            return await PreviewAsync(request, time, services, cancellationToken).ConfigureAwait(false);
        }

        var journal = await RunLoader.OpenAsync(
            request.Run, RestorePhase.Stopped, state => state.Reached == RestorePhase.Stopped || state.IsBeforeGate, services, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            var workloads = journal.State.Opening!.Workloads;
            var fence = RunWorkloads.Fence(workloads, services);
            await fence.EnsureNoWritersAsync(cancellationToken).ConfigureAwait(false);
            await RunWorkloads.RefuseOtherWritersAsync(workloads, request.IgnoreOtherWorkloads, services, cancellationToken).ConfigureAwait(false);
            var providers = services.Providers(fence);
            var (consent, declined) = await PlanAsync(request, time, journal, providers, services, cancellationToken).ConfigureAwait(false);
            if (declined is not null)
            {
                return declined;
            }

            await ExecuteAsync(journal, services, providers, consent, cancellationToken).ConfigureAwait(false);
            return journal.State.ToRun(journal.Location);
        }
    }

    // What was captured is not kept for the hours of the restore: from here on the journal's own plan is the one that counts.
    private static async Task<(ConsentGiven Consent, RestoreRun? Declined)> PlanAsync(
        RestoreRequest request,
        DateTimeOffset time,
        RunJournal journal,
        IReadOnlyList<IDatabaseProvider> providers,
        EngineServices services,
        CancellationToken cancellationToken)
    {
        // Copies of an earlier try are of another point or another selection; those of this one get names of their own.
        var attempt = journal.State.IsBeforeGate ? journal.State.Phase!.Attempt + 1 : 1;
        var names = attempt == 1 ? request.Run.RunId : string.Create(CultureInfo.InvariantCulture, $"{request.Run.RunId}.{attempt}");
        var captures = await CaptureAsync(request, time, names, journal.State.Opening!.Workloads, providers, services, cancellationToken).ConfigureAwait(false);
        var plan = PlanBuilder.BuildRestore(captures, names);
        var consent = ConsentGiven.From(request.Force, request.ApprovePlan, plan);
        RequireSomebodyToAsk(consent, captures, services.Host);
        foreach (var database in captures.SelectMany(capture => capture.Databases))
        {
            if (!await services.Host.ShouldProcessAsync(Target(database), Action(database, time, request.KeepIdentifier), cancellationToken).ConfigureAwait(false))
            {
                // All or none: databases at different points in time are worse than no restore.
                services.Host.Warning($"Restoring {database.Kind} {database.Identity} was declined, so nothing was restored.");
                return (consent, PlanPreview.Of(journal.State.ToRun(journal.Location), plan));
            }
        }

        await PhaseExecutor.PlanAsync(
            journal,
            new PhaseRecord
            {
                Plan = plan,
                LeadsTo = RestorePhase.Restored,
                RestoreTime = time,
                Attempt = attempt,
                Warnings = [.. captures.SelectMany(capture => capture.Warnings)],
            },
            cancellationToken).ConfigureAwait(false);
        return (consent, null);
    }

    /// <summary>Runs what is left of the present restore phase.</summary>
    public static Task ExecuteAsync(
        RunJournal journal, EngineServices services, IReadOnlyList<IDatabaseProvider> providers, ConsentGiven consent, CancellationToken cancellationToken)
    {
        var plan = journal.State.Phase!.Plan;
        var gate = new GateHandler(
            services.Host, consent, (step, data, token) => journal.AppendAsync(JournalKinds.ConsentGiven, step, data, token));
        return PhaseExecutor.RunAsync(
            journal,
            services,
            [gate, .. providers.SelectMany(provider => provider.Handlers)],
            () => [.. providers.SelectMany(provider => provider.Describe(plan, journal.State.EvidenceOf))],
            cancellationToken);
    }

    private static async Task<RestoreRun> PreviewAsync(RestoreRequest request, DateTimeOffset time, EngineServices services, CancellationToken cancellationToken)
    {
        await RunWorkloads.RefuseOtherWritersAsync(request.Run.Workloads, request.IgnoreOtherWorkloads, services, cancellationToken).ConfigureAwait(false);
        var providers = services.Providers(fence: null);
        var captures = await CaptureAsync(request, time, request.Run.RunId, request.Run.Workloads, providers, services, cancellationToken).ConfigureAwait(false);
        var plan = PlanBuilder.BuildRestore(captures, request.Run.RunId);
        if (request.WhatIf)
        {
            await PlanPreview.ListAsync(plan, services.Host, cancellationToken).ConfigureAwait(false);
        }

        return PlanPreview.Of(request.Run with { RestoreTime = time }, plan);
    }

    private static async Task<IReadOnlyList<IDatabaseCapture>> CaptureAsync(
        RestoreRequest request,
        DateTimeOffset time,
        string names,
        IReadOnlyList<RunWorkload> workloads,
        IReadOnlyList<IDatabaseProvider> providers,
        EngineServices services,
        CancellationToken cancellationToken)
    {
        DatabaseIdentifiers.RefuseForeign(request.Selection, providers);
        RefuseForeignStorages(workloads, providers, request.Selection, services.Host);
        var query = new DatabaseQuery { Workloads = [.. workloads.Select(workload => workload.Before)], Selection = request.Selection };
        var intent = new RestoreIntent
        {
            RunId = names,
            RestoreTime = time,
            SkipSafetyBackup = request.SkipSafetyBackup,
            SkipTimeToLive = request.SkipTimeToLive,
            KeepIdentifier = request.KeepIdentifier,
            ClockSkew = request.ClockSkew,
            Timeout = request.Timeout,
        };
        var tries = await Task.WhenAll(providers.Select(provider => TryAsync(provider, query, intent, cancellationToken))).ConfigureAwait(false);
        if (tries.SelectMany(one => one.Faults).ToList() is { Count: > 0 } against)
            throw PreflightFaults.All(against);

        var captures = tries.Select(one => one.Capture).Where(capture => capture.Databases.Count > 0).ToList();
        if (captures.Count == 0)
        {
            throw new RestoreException(
                "NothingSelected",
                FaultCategory.InvalidArgument,
                "There is no database to restore: the workloads of the run name none, and none was given.",
                mend: "Name tables with -TableName or -SchemaFile, or databases of RDS, Aurora and Azure with -DatabaseIdentifier.");
        }

        foreach (var warning in captures.SelectMany(capture => capture.Warnings))
        {
            services.Host.Warning(warning);
        }

        return captures;
    }

    // What stands against one kind of database does not hide what stands against another.
    private static async Task<(IDatabaseCapture Capture, IReadOnlyList<RestoreException> Faults)> TryAsync(
        IDatabaseProvider provider, DatabaseQuery query, RestoreIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return (await provider.CaptureAsync(query, intent, cancellationToken).ConfigureAwait(false), []);
        }
        catch (RestoreException fault) when (fault.Id == PreflightFaults.Id)
        {
            return (NothingCaptured.Instance, fault.Faults);
        }
    }

    private static void RequireSomebodyToAsk(ConsentGiven consent, IReadOnlyList<IDatabaseCapture> captures, IHostLink host)
    {
        if (consent.How is null && !host.CanAsk && captures.Any(capture => capture.DeletionSentence is not null))
        {
            // Now, and not in an hour when every copy is made and the question comes.
            throw new RestoreException(
                "ConsentNeeded",
                FaultCategory.InvalidOperation,
                "Live tables will be deleted, which needs consent, and this session cannot ask for it. Nothing was changed.",
                mend: "Look at the plan with -PlanOnly, then run again with -Confirm:$false and either -ApprovePlan with its digest or -Force.");
        }
    }

    private static void RefuseForeignStorages(
        IReadOnlyList<RunWorkload> workloads, IReadOnlyList<IDatabaseProvider> providers, DatabaseSelection selection, IHostLink host)
    {
        foreach (var workload in workloads)
        {
            foreach (var storage in workload.Before.Storages.Where(storage => !providers.Any(provider => provider.Owns(storage))))
            {
                var message = $"{workload} also stores into '{storage.Storage}' ({storage.ContactPoints}), which this version does not restore.";
                if (selection is { TableNames: null, SchemaFiles: null, Identifiers: null })
                {
                    throw new RestoreException(
                        "DatabaseNotSupported",
                        FaultCategory.InvalidOperation,
                        message,
                        workload.ToString(),
                        "All databases of a workload must go to the same point. Restore that one by hand to the same time, and name the others with -TableName, -SchemaFile or -DatabaseIdentifier.");
                }

                host.Warning(message);
            }
        }
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time, DateTimeOffset now)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
        return second <= now
            ? second
            : throw new RestoreException(
                "RestoreTimeInFuture",
                FaultCategory.InvalidArgument,
                $"The restore time {Text(second)} is in the future; now it is {Text(now)}.",
                Text(second),
                "Check the offset of -RestoreTime, and this machine's clock. Nothing was changed.");
    }

    private static string Target(ScalarDatabase database) => $"{database.Kind} {database.Identity}";

    private static string Action(ScalarDatabase database, DateTimeOffset time, bool keepIdentifier)
    {
        var point = string.Create(CultureInfo.InvariantCulture, $"{Text(time)} ({time.ToLocalTime():yyyy-MM-dd HH:mm:ss zzz} here)");
        return (database.Kind, keepIdentifier) switch
        {
            (DatabaseKind.DynamoDB, _) => string.Create(CultureInfo.InvariantCulture, $"Restore {database.Tables.Count} tables to {point}"),
            (DatabaseKind.RDS or DatabaseKind.Aurora, true) => $"Restore to {point}, then rename it aside and give what is restored its name",
            _ => $"Restore to {point}, beside it and under another name",
        };
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
