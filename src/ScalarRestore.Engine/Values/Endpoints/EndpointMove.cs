namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>An endpoint before and after a restore, read and checked.</summary>
/// <param name="Change">As it was given.</param>
/// <param name="Old">Before.</param>
/// <param name="New">After.</param>
internal sealed record EndpointMove(EndpointChange Change, EndpointAddress Old, EndpointAddress New)
{
    /// <summary>Reads the changes; those that change nothing are left out.</summary>
    /// <exception cref="RestoreException"><c>EndpointInvalid</c>, <c>EndpointsOverlap</c>.</exception>
    public static IReadOnlyList<EndpointMove> Read(IEnumerable<EndpointChange> changes)
    {
        var moves = changes
            .Select(change => new EndpointMove(change, EndpointAddress.Parse(change.Old), EndpointAddress.Parse(change.New)))
            .Where(move => move.Old.Port != move.New.Port || !move.Old.Overlaps(move.New))
            .DistinctBy(move => (move.Old, move.New))
            .ToList();
        for (var i = 0; i < moves.Count; i++)
        {
            foreach (var other in moves)
            {
                // What was moved must not be moved again by another change, whatever the order and however often it is done.
                if (moves[i].New.Overlaps(other.Old) || (!ReferenceEquals(moves[i], other) && moves[i].Old.Overlaps(other.Old)))
                    throw Overlap(moves[i], other);
            }
        }

        return moves;
    }

    private static RestoreException Overlap(EndpointMove one, EndpointMove other) => new(
        "EndpointsOverlap",
        FaultCategory.InvalidArgument,
        ReferenceEquals(one, other)
            ? $"The endpoint {one.Old} would become {one.New}, which is the same host: without the old port it cannot be told whether it was changed already."
            : $"The endpoints {one.Change} and {other.Change} name one host twice, so that it is not clear what it shall become.",
        one.Old.ToString(),
        "Give each old endpoint once, and with its port where only the port changes. Nothing was changed.");
}
