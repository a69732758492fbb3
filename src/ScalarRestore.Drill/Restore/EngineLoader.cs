using ScalarRestore.Cmdlets.Hosting;
using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>Loads the engine as the cmdlets do: into a context of its own, known only by its interface.</summary>
internal static class EngineLoader
{
    /// <summary>Makes an engine with the settings of this process's environment.</summary>
    public static IRestoreEngine Load()
    {
        var type = new EngineContext(BuiltPaths.Engine).LoadFromAssemblyPath(BuiltPaths.Engine).GetType("ScalarRestore.Engine.RestoreEngine", throwOnError: true)!;
        return (IRestoreEngine)Activator.CreateInstance(type)!;
    }
}
