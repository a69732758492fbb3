using ScalarRestore.Engine.Values;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Reads the texts that a release's values get, right when they are applied: they may hold passwords and are kept nowhere else.</summary>
internal interface IReleaseValuesSource
{
    /// <summary>The texts by dotted key, for every key of <paramref name="values"/>. The same for the same files and record.</summary>
    /// <param name="values">What changes.</param>
    /// <param name="deployed">The record that the next revision is built on.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RestoreException">A file is gone, or holds the old endpoint again.</exception>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(ReleaseValues values, HelmReleaseRecord deployed, CancellationToken cancellationToken);
}
