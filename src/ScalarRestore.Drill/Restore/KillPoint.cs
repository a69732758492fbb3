using System.Diagnostics;
using System.Globalization;
using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>The moment at which the restoring process kills itself, without any clean-up: as an operating system would.</summary>
internal sealed class KillPoint
{
    private readonly string? _step;
    private readonly int _record;
    private readonly bool _after;

    private KillPoint(string? step, int record, bool after)
    {
        _step = step;
        _record = record;
        _after = after;
    }

    /// <summary>Reads <c>12:before</c>, <c>12:after</c> or the key of a step (which dies when the step has just been announced).</summary>
    public static KillPoint? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var cut = text.LastIndexOf(':');
        return cut > 0
            && text[(cut + 1)..] is "before" or "after"
            && int.TryParse(text[..cut], NumberStyles.None, CultureInfo.InvariantCulture, out var record)
                ? new KillPoint(step: null, record, text.EndsWith("after", StringComparison.Ordinal))
                : new KillPoint(text, 0, after: true);
    }

    /// <summary>Dies if this is the moment.</summary>
    public void Pass(JournalEvent journalEvent)
    {
        var hit = _step is null
            ? journalEvent.Sequence == _record && journalEvent.Persisted == _after
            : journalEvent is { Kind: "step-intended", Persisted: true } && string.Equals(journalEvent.Step, _step, StringComparison.Ordinal);
        if (hit)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
