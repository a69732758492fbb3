using Xunit;

namespace ScalarRestore.Testing;

/// <summary>
/// A test that drives real programs. Where one is missing it is skipped by name; under <c>CI=true</c> it runs, and fails, unless
/// <c>SCALARRESTORE_MISSING_TOOLS</c> says that it could not be had there.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = SkipFor(tools);
    }

    public IReadOnlyList<string> Tools { get; }

    /// <summary>Why a test cannot run here; null if it can, or has to.</summary>
    internal static string? SkipFor(string[] tools)
    {
        var missing = tools.Where(t => Tool.Find(t) is null).ToArray();
        var isPromised = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            && missing.Except((Environment.GetEnvironmentVariable("SCALARRESTORE_MISSING_TOOLS") ?? "").Split(' '), StringComparer.Ordinal).Any();
        return missing.Length > 0 && !isPromised ? $"Not installed here: {string.Join(", ", missing)}" : null;
    }
}
