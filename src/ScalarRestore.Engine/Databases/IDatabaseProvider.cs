using System.Text.Json.Nodes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases;

/// <summary>
/// Knows one kind of managed database. It finds and captures by reads, turns what it captured into steps by pure code, and names the
/// handlers that do them.
/// </summary>
internal interface IDatabaseProvider
{
    /// <summary>Whether this storage of a workload is of this kind.</summary>
    bool Owns(WorkloadStorage storage);

    /// <summary>Whether this way of naming a database is one for this kind.</summary>
    bool Owns(string identifier);

    /// <summary>Finds the databases behind workloads or named by a selection. Reads only.</summary>
    Task<IReadOnlyList<ScalarDatabase>> FindAsync(DatabaseQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Captures everything that a restore needs to know and will need to put back. Reads only. Throws one <see cref="RestoreException"/>
    /// that lists all faults of all databases. Captures nothing if the query is about databases of other kinds alone.
    /// </summary>
    Task<IDatabaseCapture> CaptureAsync(DatabaseQuery query, RestoreIntent intent, CancellationToken cancellationToken);

    /// <summary>The handlers of this provider's steps.</summary>
    IReadOnlyList<IStepHandler> Handlers { get; }

    /// <summary>What the steps of a finished plan did, from their evidence.</summary>
    IReadOnlyList<RestoredDatabase> Describe(RestorePlan plan, Func<string, JsonObject?> evidenceOf);
}
