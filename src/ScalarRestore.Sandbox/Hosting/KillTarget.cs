using System.ComponentModel;
using System.Diagnostics;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The process that a kill fault ends: registered by the test that started it, never guessed.</summary>
internal sealed class KillTarget
{
    private int _processId;

    /// <summary>The registered process, or 0.</summary>
    public int ProcessId
    {
        get => Volatile.Read(ref _processId);
        set => Volatile.Write(ref _processId, value);
    }

    /// <summary>Ends the process at once, as a power cut would. Does nothing when none is registered or it is gone already.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _processId, 0) is not (> 0 and var id))
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            Console.Error.WriteLine($"sandbox: process {id} could not be killed: {e.Message}");
        }
    }
}
