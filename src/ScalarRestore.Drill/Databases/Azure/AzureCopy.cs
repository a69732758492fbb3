namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>What was restored from a source, as Azure itself has it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="AsOf">The instant that was restored.</param>
internal sealed record AzureCopy(string Name, DateTimeOffset AsOf);
