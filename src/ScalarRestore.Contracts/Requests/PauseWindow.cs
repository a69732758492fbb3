namespace ScalarRestore.Contracts;

/// <summary>A span in which a product accepted no request.</summary>
/// <param name="Start">When every pod had paused, UTC.</param>
/// <param name="End">When the first pod went on, UTC.</param>
/// <param name="Source">Where the window comes from: a release, a file, or a parameter.</param>
public sealed record PauseWindow(DateTimeOffset Start, DateTimeOffset End, string Source);
