using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Procedures;

/// <summary>Runs what is left of a phase's plan and closes the phase. The same for a first try and for a resume.</summary>
internal static class PhaseExecutor
{
    /// <summary>Writes the plan down; nothing of it has begun.</summary>
    public static Task PlanAsync(RunJournal journal, PhaseRecord phase, CancellationToken cancellationToken) =>
        journal.AppendAsync(JournalKinds.PhasePlanned, step: null, ToJson(phase), cancellationToken);

    /// <summary>Runs the steps that are not done yet, then closes the phase.</summary>
    /// <param name="journal">The run's journal, whose present phase is run.</param>
    /// <param name="services">The clients.</param>
    /// <param name="handlers">A handler for every kind of step in the plan.</param>
    /// <param name="databases">What the restore did, from the evidence; empty for other phases.</param>
    /// <param name="cancellationToken">Stops: nothing more is begun.</param>
    public static async Task RunAsync(
        RunJournal journal,
        EngineServices services,
        IEnumerable<IStepHandler> handlers,
        Func<IReadOnlyList<RestoredDatabase>> databases,
        CancellationToken cancellationToken)
    {
        var state = journal.State;
        var phase = state.Phase!;
        var ledger = new JournalLedger(journal, state.Opening!.RunId, services.Host);
        var progress = new RunProgress(services.Host, services.Clock, $"ScalarRestore {ledger.RunId}: {Words(phase.Plan.Phase)}", phase.Plan, ledger.IsDone);
        var byKind = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        try
        {
            await new GraphRunner(phase.Plan, byKind, ledger, progress, services.Poller).RunAsync(cancellationToken).ConfigureAwait(false);
            await ledger.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            progress.Close();
        }

        var closing = new PhaseClosing { Reached = phase.LeadsTo, Databases = databases() };
        await journal.AppendAsync(JournalKinds.PhaseClosed, step: null, ToJson(closing), CancellationToken.None).ConfigureAwait(false);
        if (phase.LeadsTo == RestorePhase.Started)
        {
            await CloseRunAsync(journal).ConfigureAwait(false);
        }
    }

    /// <summary>Writes down that the run is over.</summary>
    public static Task CloseRunAsync(RunJournal journal) => journal.AppendAsync(
        JournalKinds.RunClosed, step: null, new JsonObject { ["abandoned"] = journal.State.Phase!.Abandons }, CancellationToken.None);

    /// <summary>A record as the journal takes it.</summary>
    public static JsonObject ToJson<T>(T value) => JsonSerializer.SerializeToNode(value, PlanJson.Options)!.AsObject();

    private static string Words(RestorePhase phase) => phase switch
    {
        RestorePhase.Stopping => "stopping workloads",
        RestorePhase.Restoring => "restoring databases",
        RestorePhase.RepairingSchema => "repairing the schema",
        RestorePhase.UpdatingValues => "updating values",
        RestorePhase.Starting => "starting workloads",
        _ => phase.ToString(),
    };
}
