using ScalarRestore.Testing;

namespace ScalarRestore.Cmdlets.Tests;

/// <summary>A test of the cmdlets in a real PowerShell. Unlike other programs, pwsh is optional on a build machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute()
    {
        if (Tool.Find("pwsh") is null)
            Skip = "Not installed here: pwsh";
    }
}
