using ScalarRestore.Contracts;
using ScalarRestore.Drill.Report;

namespace ScalarRestore.Drill.Databases;

/// <summary>Several kinds of databases as they were during the pause: one restore point for all of them.</summary>
internal sealed class PausedAll(IReadOnlyList<IPausedDatabases> paused) : IPausedDatabases
{
    /// <inheritdoc/>
    public int Items => paused.Sum(one => one.Items);

    /// <inheritdoc/>
    public async Task<int?> SpoilAsync(CancellationToken cancellationToken)
    {
        var spoilt = new List<int?>();
        foreach (var one in paused)
        {
            spoilt.Add(await one.SpoilAsync(cancellationToken));
        }

        // One that was not spoilt proves nothing, whatever was spoilt elsewhere.
        return spoilt.Contains(0) ? 0 : spoilt.Sum(count => count ?? 0);
    }

    /// <inheritdoc/>
    public async Task<RestoreProof> ProveAsync(RestoreRun run, DateTimeOffset restoreTime, CancellationToken cancellationToken)
    {
        var proofs = new List<RestoreProof>();
        foreach (var one in paused)
        {
            proofs.Add(await one.ProveAsync(run, restoreTime, cancellationToken));
        }

        return new RestoreProof
        {
            Tables = proofs.Sum(proof => proof.Tables),
            WrongItems = proofs.Sum(proof => proof.WrongItems),
            Drift = [.. proofs.SelectMany(proof => proof.Drift)],
            Deletions = proofs.Sum(proof => proof.Deletions),
            Databases = [.. proofs.SelectMany(proof => proof.Databases)],
            Faults = [.. proofs.SelectMany(proof => proof.Faults), .. StepTimes.Apart([.. ObservedPath.ByKind(run).Values.Select(kind => kind.Times)])],
        };
    }
}
