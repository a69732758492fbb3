using System.Globalization;
using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Running;

/// <summary>
/// Turns what steps report into progress: weighted by the estimates, never backwards, and never a full hundred before the end.
/// </summary>
internal sealed partial class RunProgress
{
    private readonly IHostLink _host;
    private readonly TimeProvider _clock;
    private readonly string _activity;
    private readonly Dictionary<string, PlannedStep> _steps;
    private readonly Dictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private readonly TimeSpan _estimate;
    private readonly double _total;
    private readonly DateTimeOffset _began;
    private readonly object _gate = new();
    private int _highest;
    private double _doneWeight;

    public RunProgress(IHostLink host, TimeProvider clock, string activity, RestorePlan plan, Func<string, bool> isDone)
    {
        _host = host;
        _clock = clock;
        _activity = activity;
        _steps = plan.Steps.ToDictionary(step => step.Key, StringComparer.Ordinal);
        _estimate = plan.Estimate;
        _total = Math.Max(1, plan.Steps.Sum(Weight));
        _began = clock.GetUtcNow();
        _done.UnionWith(_steps.Keys.Where(isDone));
        _doneWeight = _done.Sum(key => Weight(_steps[key]));
    }

    /// <summary>A step has begun.</summary>
    public void Begin(PlannedStep step)
    {
        lock (_gate)
        {
            _running[step.Key] = _clock.GetUtcNow();
        }

        _host.Verbose($"{step.Key}: {step.Action}");
        Show(step, "begun", fraction: null, completed: false);
    }

    /// <summary>A step says how it is doing.</summary>
    public void Report(PlannedStep step, string status, double? fraction)
    {
        bool changed;
        lock (_gate)
        {
            // Another count in the same words is progress, and no change of state.
            var words = Digits().Replace(status, "#");
            changed = !_said.TryGetValue(step.Key, out var said) || !string.Equals(said, words, StringComparison.Ordinal);
            _said[step.Key] = words;
        }

        if (changed)
        {
            _host.Information($"{step.Key}: {status}");
        }

        Show(step, status, fraction, completed: false);
    }

    /// <summary>A step has ended, in whatever way.</summary>
    public void End(PlannedStep step, StepState state)
    {
        TimeSpan took;
        lock (_gate)
        {
            took = _running.Remove(step.Key, out var began) ? _clock.GetUtcNow() - began : TimeSpan.Zero;
            if (state == StepState.Done && _done.Add(step.Key))
            {
                _doneWeight += Weight(step);
            }
        }

        var word = state switch { StepState.Done => "done", StepState.Failed => "failed", _ => "stopped" };
        _host.Information(string.Create(CultureInfo.InvariantCulture, $"{step.Key}: {word} after {Format(took)}"));
        Show(step, word, fraction: null, completed: true);
    }

    /// <summary>The whole phase is over.</summary>
    public void Close() => _host.Progress(new ProgressUpdate { Activity = _activity, Status = "over", Completed = true });

    private void Show(PlannedStep step, string status, double? fraction, bool completed)
    {
        int percent;
        string summary;
        TimeSpan remaining;
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var weight = _doneWeight + _running.Sum(item => Weight(_steps[item.Key]) * Part(_steps[item.Key], now - item.Value));
            _highest = percent = Math.Clamp((int)(100 * weight / _total), _highest, 99);
            summary = string.Create(CultureInfo.InvariantCulture, $"{_done.Count}/{_steps.Count} steps, {_running.Count} under way, elapsed {Format(now - _began)}");
            remaining = _estimate * (1 - (percent / 100.0));
        }

        _host.Progress(new ProgressUpdate { Activity = _activity, Status = summary, Percent = percent, Remaining = remaining });
        _host.Progress(new ProgressUpdate
        {
            Activity = step.Key,
            Parent = _activity,
            Status = status,
            Percent = fraction is { } known ? Math.Clamp((int)(known * 100), 0, 99) : null,
            Completed = completed,
        });
    }

    private static double Part(PlannedStep step, TimeSpan elapsed) =>
        step.Estimate > TimeSpan.Zero ? Math.Min(0.9, elapsed / step.Estimate) : 0;

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();

    private static double Weight(PlannedStep step) => Math.Max(1, step.Estimate.TotalSeconds);

    private static string Format(TimeSpan span) => span.ToString(span.TotalHours >= 24 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
