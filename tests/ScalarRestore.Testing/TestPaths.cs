using System.Reflection;

namespace ScalarRestore.Testing;

/// <summary>Places that the build wrote into this assembly.</summary>
public static class TestPaths
{
    /// <summary>The sandbox's dll.</summary>
    public static string SandboxAssembly => Metadata("SandboxAssembly");

    /// <summary>The folder <c>tests</c> of the source tree.</summary>
    public static string TestsFolder => Metadata("TestsFolder");

    private static string Metadata(string key) => typeof(TestPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => string.Equals(a.Key, key, StringComparison.Ordinal)).Value!;
}
