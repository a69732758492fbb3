using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>Loads the engine as the cmdlets do: into a context of its own, known only by its interface.</summary>
internal static class EngineLoader
{
    // Once for a process: a second context would compile everything again.
    private static readonly Lazy<Type> Engine = new(
        () => new EngineContext(BuiltPaths.Engine).LoadFromAssemblyPath(BuiltPaths.Engine).GetType("ScalarRestore.Engine.RestoreEngine", throwOnError: true)!);

    /// <summary>Makes an engine with the settings of this process's environment as it is now.</summary>
    public static IRestoreEngine Load() => (IRestoreEngine)Activator.CreateInstance(Engine.Value)!;
}
