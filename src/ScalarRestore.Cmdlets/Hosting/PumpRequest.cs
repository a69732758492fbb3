namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>Something that the engine wants done on the pipeline thread.</summary>
/// <param name="Run">Does it.</param>
/// <param name="Cancel">Tells whoever waits for it that it will not be done.</param>
internal sealed record PumpRequest(Action Run, Action Cancel);
