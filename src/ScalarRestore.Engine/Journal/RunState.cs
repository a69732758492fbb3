using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Procedures.Values;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Journal;

/// <summary>What the records of a journal add up to. Pure: the same records give the same state.</summary>
internal sealed class RunState
{
    private readonly Dictionary<string, StepState> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _evidence = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly List<ValuesChange> _values = [];
    private readonly List<ReleasePointing> _pointings = [];
    private readonly object _gate = new();

    /// <summary>How the run was opened; null for an empty journal.</summary>
    public RunOpening? Opening { get; private set; }

    /// <summary>The phase last planned, and whether it is over.</summary>
    public PhaseRecord? Phase { get; private set; }

    /// <summary>How far the run has come.</summary>
    public RestorePhase Reached { get; private set; } = RestorePhase.New;

    /// <summary>The databases of the restore, once it is over.</summary>
    public IReadOnlyList<RestoredDatabase> Databases { get; private set; } = [];

    /// <summary>The plan by which they were restored; null if no restore is over.</summary>
    public RestorePlan? Restored { get; private set; }

    /// <summary>Whether a restored database has another endpoint than the one that workloads use.</summary>
    public bool HasMoved => Databases.Any(database => WorkloadMoves.Of(database, Opening?.Workloads ?? []).Count > 0);

    /// <summary>What the start of the workloads has to apply to their releases.</summary>
    public IReadOnlyList<ReleasePointing> Pointings
    {
        get
        {
            lock (_gate)
            {
                return [.. _pointings];
            }
        }
    }

    /// <summary>The restore point, once a restore was planned.</summary>
    public DateTimeOffset? RestoreTime { get; private set; }

    /// <summary>When the last record was written.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }

    /// <summary>Whether the run is over.</summary>
    public bool Closed { get; private set; }

    /// <summary>Whether it ended without a restore, as the operator wished.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>How consent was given in the present phase; null if it was not.</summary>
    public string? Consent { get; private set; }

    /// <summary>
    /// Whether a restore was planned and nothing live can have been changed by it: every deletion waits for the gate, and the gate is not done.
    /// </summary>
    public bool IsBeforeGate =>
        Reached == RestorePhase.Restoring && Phase is { Closed: false } && StateOf(PlanBuilder.GateKey) != StepState.Done;

    /// <summary>Takes a record in.</summary>
    public void Apply(JournalRecord record)
    {
        lock (_gate)
        {
            UpdatedAt = record.At;
            ApplyRecord(record);
        }
    }

    /// <summary>The state of a step of the present plan.</summary>
    public StepState StateOf(string key)
    {
        lock (_gate)
        {
            return _steps.GetValueOrDefault(key);
        }
    }

    /// <summary>The evidence of a step that is done; null otherwise.</summary>
    public JsonObject? EvidenceOf(string key)
    {
        lock (_gate)
        {
            return _evidence.GetValueOrDefault(key);
        }
    }

    /// <summary>When a step was first begun; null if it was not.</summary>
    public DateTimeOffset? BegunAt(string key)
    {
        lock (_gate)
        {
            return _begun.TryGetValue(key, out var at) ? at : null;
        }
    }

    /// <summary>How long a step that is done took from its first begin; null if it is not done.</summary>
    public TimeSpan? Took(string key)
    {
        lock (_gate)
        {
            return _steps.GetValueOrDefault(key) == StepState.Done ? _ended[key] - _begun[key] : null;
        }
    }

    /// <summary>The operation that a step last started; null if none.</summary>
    public string? OperationOf(string key)
    {
        lock (_gate)
        {
            return _operations.GetValueOrDefault(key);
        }
    }

    /// <summary>The run as users see it.</summary>
    public RestoreRun ToRun(string location)
    {
        lock (_gate)
        {
            var opening = Opening ?? throw new RestoreException(
                "JournalEmpty",
                FaultCategory.InvalidData,
                $"The journal '{location}' holds no run.",
                location,
                "Name another journal with -JournalPath.");
            var steps = Phase?.Plan.Steps.Select(Report).ToList() ?? [];
            var error = steps.Select(step => step.Error).LastOrDefault(text => text is not null);
            return new RestoreRun
            {
                RunId = opening.RunId,
                JournalPath = location,
                Phase = Reached,
                Outcome = Outcome(error),
                Workloads = opening.Workloads,
                Databases = Databases,
                Values = [.. _values],
                RestoreTime = RestoreTime,
                OpenedAt = opening.OpenedAt,
                UpdatedAt = UpdatedAt,
                Plan = Phase?.Plan,
                Steps = steps,
                Warnings = [.. _warnings],
                Error = error,
                NextCommand = NextCommands.For(Reached, opening.RunId, opening.JournalArgument, HasMoved),
            };
        }
    }

    private void ApplyRecord(JournalRecord record)
    {
        var data = record.Data;
        switch (record.Kind)
        {
            case JournalKinds.RunOpened:
                Opening = data.Deserialize<RunOpening>(PlanJson.Options);
                break;
            case JournalKinds.PhasePlanned:
                Begin(data.Deserialize<PhaseRecord>(PlanJson.Options)!);
                break;
            case JournalKinds.ConsentGiven:
                Consent = data["consent"]?.GetValue<string>();
                break;
            case JournalKinds.StepIntended:
                _steps[record.Step!] = StepState.Running;
                _begun.TryAdd(record.Step!, record.At);
                _errors.Remove(record.Step!);
                break;
            case JournalKinds.OperationStarted:
                _operations[record.Step!] = data["id"]!.GetValue<string>();
                break;
            case JournalKinds.StepDone:
                _steps[record.Step!] = StepState.Done;
                _ended[record.Step!] = record.At;
                _evidence[record.Step!] = data["evidence"]!.AsObject();
                break;
            case JournalKinds.StepFailed:
                _steps[record.Step!] = StepState.Failed;
                _ended[record.Step!] = record.At;
                _errors[record.Step!] = data["error"]!.GetValue<string>();
                break;
            case JournalKinds.Warning:
                _warnings.Add(data["message"]!.GetValue<string>());
                break;
            case JournalKinds.PhaseClosed:
                var closed = data.Deserialize<PhaseClosing>(PlanJson.Options)!;
                Reached = closed.Reached;
                Databases = closed.Databases.Count > 0 ? closed.Databases : Databases;
                Restored = Phase!.Plan.Phase == RestorePhase.Restoring ? Phase.Plan : Restored;
                Keep(Phase!);
                Phase = Phase! with { Closed = true };
                break;
            case JournalKinds.RunClosed:
                Closed = true;
                Abandoned = data["abandoned"]?.GetValue<bool>() ?? false;
                break;
            default:
                // Kinds of later versions say nothing about the state that this version knows.
                break;
        }
    }

    /// <summary>What an update of values did, the latest for each file, Secret and release.</summary>
    private void Keep(PhaseRecord phase)
    {
        var done = phase.Plan.Steps.Select(step => _evidence.GetValueOrDefault(step.Key)?["change"]?.Deserialize<ValuesChange>(PlanJson.Options)).OfType<ValuesChange>();
        foreach (var change in done.Concat(phase.Values))
        {
            // One that is found unchanged by a later look was changed by an earlier one.
            var known = _values.FindIndex(other => other.Target == change.Target && other.Path == change.Path);
            if (known < 0)
                _values.Add(change);
            else if (change.State != ValuesChangeState.Unchanged)
                _values[known] = change;
        }

        foreach (var pointing in phase.Pointings)
        {
            _pointings.RemoveAll(other => other.Cluster == pointing.Cluster && other.Namespace == pointing.Namespace && other.Release == pointing.Release);
            _pointings.Add(pointing);
        }
    }

    private void Begin(PhaseRecord phase)
    {
        Phase = phase;
        Reached = phase.Plan.Phase;
        RestoreTime = phase.RestoreTime ?? RestoreTime;
        _warnings.AddRange(phase.Warnings.Where(warning => !_warnings.Contains(warning, StringComparer.Ordinal)));
        Consent = null;
        _steps.Clear();
        _begun.Clear();
        _ended.Clear();
        _operations.Clear();
        _evidence.Clear();
        _errors.Clear();
    }

    private RestoreOutcome Outcome(string? error)
    {
        if (Abandoned)
        {
            return RestoreOutcome.Abandoned;
        }

        if (Closed)
        {
            return _warnings.Count > 0 ? RestoreOutcome.SucceededWithWarnings : RestoreOutcome.Succeeded;
        }

        return error is not null ? RestoreOutcome.Failed : RestoreOutcome.Incomplete;
    }

    private StepReport Report(PlannedStep step) => new()
    {
        Key = step.Key,
        State = _steps.GetValueOrDefault(step.Key),
        StartedAt = _begun.TryGetValue(step.Key, out var begun) ? begun : null,
        EndedAt = _ended.TryGetValue(step.Key, out var ended) ? ended : null,
        OperationId = _operations.GetValueOrDefault(step.Key),
        Error = _errors.GetValueOrDefault(step.Key),
    };
}
