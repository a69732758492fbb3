using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Workloads;

/// <summary>A way of changing a Helm release.</summary>
internal interface IReleaseEditor
{
    /// <summary>
    /// Ensures that the release, by helm's own records, and its Deployment ask for so many pods. May run again after any of its calls.
    /// </summary>
    /// <exception cref="RestoreException"><c>ReleasePending</c> and others; nothing is changed behind somebody else's back.</exception>
    Task<ReleaseChange> ScaleAsync(ReleaseScale wanted, StepContext context, CancellationToken cancellationToken);
}
