using System.Reflection;

namespace ScalarRestore.Drill;

/// <summary>Where the build put what the drill starts or loads.</summary>
internal static class BuiltPaths
{
    public static string Engine => Of("EngineAssembly");

    public static string Sandbox => Of("SandboxAssembly");

    public static string Charts => Of("Charts");

    public static string Tools => Of("Tools");

    private static string Of(string key) => typeof(BuiltPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(item => string.Equals(item.Key, key, StringComparison.Ordinal)).Value!;
}
