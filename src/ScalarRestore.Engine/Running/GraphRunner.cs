using System.Text.Json.Nodes;
using System.Threading.Channels;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Running;

/// <summary>
/// Runs a plan: longest chain first, as many at once as the limits allow. Every step is journaled before it begins and after it ends.
/// When one fails, what depends on it does not begin; everything else goes on to its end, because copies in flight are worth keeping and,
/// behind the gate, each further table that is brought back is one less to mend. When the operator stops it, nothing more is begun.
/// </summary>
internal sealed class GraphRunner(
    RestorePlan plan,
    IReadOnlyDictionary<string, IStepHandler> handlers,
    IStepLedger ledger,
    RunProgress progress,
    Poller poller)
{
    private readonly PlanGraph _graph = new(plan.Steps);
    private readonly Channel<(PlannedStep Step, JsonObject? Evidence, Exception? Fault)> _ended =
        Channel.CreateUnbounded<(PlannedStep, JsonObject?, Exception?)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs all steps that are not done yet.</summary>
    /// <exception cref="RestoreException">One or more steps failed; all of them are in <see cref="RestoreException.Faults"/>.</exception>
    /// <exception cref="OperationCanceledException">The operator stopped it; all begun steps have settled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ready = new ReadyQueue(_graph, plan.Limits, ledger.Took);
        var waitingFor = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in _graph.Ordered.Where(step => !ledger.IsDone(step.Key)))
        {
            var open = step.DependsOn.Distinct(StringComparer.Ordinal).Count(key => !ledger.IsDone(key));
            waitingFor[step.Key] = open;
            if (open == 0)
            {
                ready.Add(step);
            }
        }

        var faults = new List<(PlannedStep Step, Exception Fault)>();
        var running = 0;
        while (true)
        {
            while (!cancellationToken.IsCancellationRequested && ready.TryTake(out var next))
            {
                running++;
                _ = Task.Run(() => WorkAsync(next, cancellationToken), CancellationToken.None);
            }

            if (running == 0)
            {
                break;
            }

            // Not cancellable on purpose: what was begun has to settle, so that the journal tells the truth.
            var (step, evidence, fault) = await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            running--;
            ready.Release(step);
            if (fault is not null)
            {
                faults.Add((step, fault));
            }
            else if (evidence is not null)
            {
                foreach (var dependent in _graph.DependentsOf(step.Key))
                {
                    if (waitingFor.ContainsKey(dependent) && --waitingFor[dependent] == 0)
                    {
                        ready.Add(_graph[dependent]);
                    }
                }
            }
        }

        if (faults.Count > 0)
        {
            throw Summarise(faults);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task WorkAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        try
        {
            var begun = await ledger.BeginAsync(step, cancellationToken).ConfigureAwait(false);
            progress.Begin(step);
            var context = new StepContext(
                step,
                ledger.RunId,
                ledger.ResumeCommand,
                begun.FirstBegunAt,
                begun.OperationId,
                ledger.EvidenceOf,
                (id, token) => ledger.OperationStartedAsync(step, id, token),
                (status, fraction) => progress.Report(step, status, fraction),
                message => ledger.Warn(step, message),
                poller);
            if (!handlers.TryGetValue(step.Kind, out var handler))
            {
                throw new InvalidOperationException($"No handler does steps of the kind '{step.Kind}'.");
            }

            var evidence = await handler.EnsureAsync(context, cancellationToken).ConfigureAwait(false);

            // The post-condition holds: that is written down even if the operator has just stopped.
            await ledger.DoneAsync(step, evidence, CancellationToken.None).ConfigureAwait(false);
            progress.End(step, StepState.Done);
            _ended.Writer.TryWrite((step, evidence, null));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End(step, StepState.Pending);
            _ended.Writer.TryWrite((step, null, null));
        }
#pragma warning disable CA1031 // A step's fault, whatever it is, is journaled and reported with the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _ended.Writer.TryWrite((step, null, await NoteAsync(step, fault).ConfigureAwait(false)));
        }
    }

    private async Task<Exception> NoteAsync(PlannedStep step, Exception fault)
    {
        try
        {
            await ledger.FailedAsync(step, fault, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A journal that cannot be written any more must not hide why the step failed.
        catch (Exception journalFault)
#pragma warning restore CA1031
        {
            fault = new AggregateException(fault, journalFault);
        }

        progress.End(step, StepState.Failed);
        return fault;
    }

    private RestoreException Summarise(List<(PlannedStep Step, Exception Fault)> faults)
    {
        var known = faults.Select(item => item.Fault as RestoreException
            ?? new RestoreException(
                "StepFailed",
                FaultCategory.InvalidOperation,
                $"Step '{item.Step.Key}' failed: {item.Fault.Message}",
                item.Step.Target,
                inner: item.Fault)).ToList();
        if (known.Count == 1)
        {
            return known[0];
        }

        return new RestoreException(
            "StepsFailed",
            known[0].Category,
            $"{known.Count} steps failed. The first: {known[0].Message}",
            known[0].Target,
            known[0].Mend ?? ledger.ResumeCommand,
            known[0])
        {
            Faults = known,
        };
    }
}
