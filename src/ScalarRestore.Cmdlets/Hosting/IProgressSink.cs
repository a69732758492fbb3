using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>Where progress goes: to the host's bars, or to lines where there are none.</summary>
internal interface IProgressSink : IDisposable
{
    /// <summary>Takes news; from any thread.</summary>
    void Update(ProgressUpdate update);

    /// <summary>Shows what is left to show and takes every bar away; on the pipeline thread.</summary>
    void Finish();
}
