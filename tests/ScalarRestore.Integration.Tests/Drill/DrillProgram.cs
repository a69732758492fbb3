using System.Reflection;

namespace ScalarRestore.Integration.Tests.Drill;

/// <summary>The drill, as users run it.</summary>
internal static class DrillProgram
{
    /// <summary>The drill's dll.</summary>
    public static string Assembly => typeof(DrillProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(item => string.Equals(item.Key, "DrillAssembly", StringComparison.Ordinal)).Value!;

    /// <summary>Runs a drill with service times of a second.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(TimeSpan.FromMinutes(3), arguments);

    /// <summary>Runs a drill that may take its time.</summary>
    public static Task<ToolResult> RunAsync(TimeSpan patience, params string[] arguments) =>
        Tool.RunAsync("dotnet", ["exec", Assembly, "--quick", .. arguments], patience: patience);
}
