using Xunit;

namespace ScalarRestore.Testing;

/// <summary>As <see cref="ToolFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = ToolFactAttribute.SkipFor(tools);
    }

    public IReadOnlyList<string> Tools { get; }
}
