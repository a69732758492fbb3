using System.Diagnostics;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Ends the sandbox with the process that asked for it, so that a killed test leaves none behind.</summary>
internal static class ParentWatch
{
    public static async Task WaitAsync(int? processId, CancellationToken cancellationToken)
    {
        if (processId is not { } id)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return;
        }

        try
        {
            using var parent = Process.GetProcessById(id);
            await parent.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }
}
