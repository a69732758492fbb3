namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>Stands for the end of the process.</summary>
public sealed class CrashException : Exception
{
    public CrashException()
        : base("the process died")
    {
    }
}
