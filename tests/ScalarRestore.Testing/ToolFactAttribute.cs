using Xunit;

namespace ScalarRestore.Testing;

/// <summary>A test that drives real programs. Where one is missing it is skipped by name; under <c>CI=true</c> it runs, and
/// fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        var missing = tools.Where(t => Tool.Find(t) is null).ToArray();
        if (missing.Length > 0 && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Skip = $"Not installed here: {string.Join(", ", missing)}";
    }

    public IReadOnlyList<string> Tools { get; }
}
