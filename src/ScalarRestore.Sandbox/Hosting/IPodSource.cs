namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What the background writer asks of the Kubernetes side: is anybody there who would write?</summary>
internal interface IPodSource
{
    /// <summary>Counts pods whose containers run: ready, starting after their start delay, and terminating ones alike.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="labels">Labels that a pod must all carry.</param>
    int RunningPods(string ns, IReadOnlyDictionary<string, string> labels);
}
