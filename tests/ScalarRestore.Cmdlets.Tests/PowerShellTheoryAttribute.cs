using ScalarRestore.Testing;

namespace ScalarRestore.Cmdlets.Tests;

/// <summary>The same as <see cref="PowerShellFactAttribute"/> for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerShellTheoryAttribute : TheoryAttribute
{
    public PowerShellTheoryAttribute()
    {
        if (Tool.Find("pwsh") is null)
            Skip = "Not installed here: pwsh";
    }
}
