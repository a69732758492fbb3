using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases;

/// <summary>The databases of a world, one kind of them per implementation: how they are made, written to, spoilt and looked at.</summary>
internal interface IWorldDatabases : IDisposable
{
    /// <summary>What they are, for people: <c>20 tables</c>.</summary>
    string What { get; }

    /// <summary>Their names: tables, or instances and clusters.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether a restored one has another endpoint, so that values have to be updated.</summary>
    bool MovesEndpoints { get; }

    /// <summary>What a proof on this sandbox does not reach; null if it reaches everything.</summary>
    string? OutOfReach { get; }

    /// <summary>Makes them, and writes known data. The releases are installed afterwards.</summary>
    Task MakeAsync(CancellationToken cancellationToken);

    /// <summary>The properties text of a release.</summary>
    string Properties(ReleaseSpec release);

    /// <summary>What placeholders in them stand for, from a Secret that feeds the release's pods; none where they have none.</summary>
    IReadOnlyDictionary<string, string> Variables(ReleaseSpec release);

    /// <summary>Lets the application write, where the sandbox can.</summary>
    /// <param name="resumes">Whether it does so only when a pod comes back: nobody is to write from here on.</param>
    /// <param name="cancellationToken">Stops.</param>
    Task StartWritingAsync(bool resumes, CancellationToken cancellationToken);

    /// <summary>The application stops writing.</summary>
    /// <returns>Writes that were tried; null where the sandbox cannot tell.</returns>
    Task<int?> StopWritingAsync(CancellationToken cancellationToken);

    /// <summary>Notes everything, while the application is paused.</summary>
    Task<IPausedDatabases> NoteAsync(CancellationToken cancellationToken);
}
