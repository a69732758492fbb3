namespace ScalarRestore.Integration.Tests;

/// <summary>Stands for the end of the process: nothing in the engine knows it, so that nothing handles it.</summary>
internal sealed class EngineKilledException(string operation) : Exception($"Killed at {operation}.");
