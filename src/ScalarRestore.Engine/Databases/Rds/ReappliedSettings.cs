namespace ScalarRestore.Engine.Databases.Rds;

/// <summary>What became of settings.</summary>
/// <param name="Refused">Settings that the service did not take back, with its reason.</param>
internal sealed record ReappliedSettings(IReadOnlyList<string> Refused);
