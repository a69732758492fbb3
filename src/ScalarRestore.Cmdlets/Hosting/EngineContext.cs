using System.Reflection;
using System.Runtime.Loader;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>
/// The load context of the engine and of every SDK it uses, so that the module works beside others that brought the same SDKs in other
/// versions. Only Contracts is shared with PowerShell's own context: null leaves it to the default one.
/// </summary>
internal sealed class EngineContext(string enginePath) : AssemblyLoadContext("ScalarRestore.Engine")
{
    private const string SharedAssembly = "ScalarRestore.Contracts";

    private readonly AssemblyDependencyResolver _resolver = new(enginePath);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == SharedAssembly)
            return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
