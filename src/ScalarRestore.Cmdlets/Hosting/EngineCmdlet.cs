using System.Management.Automation;
using System.Runtime.InteropServices;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>What every cmdlet of the module is: parameters that become a request, and one call of the engine at a time.</summary>
public abstract class EngineCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Whether nothing may be changed: <c>-WhatIf</c> on the command, or <c>$WhatIfPreference</c> around it.</summary>
    protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? value)
            ? LanguagePrimitives.IsTrue(value)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Releases what the cmdlet holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Only cancels. The pipeline thread settles the call and leaves.</summary>
    protected override void StopProcessing()
    {
        try
        {
            // On another thread: whatever waits for the token may do its clean-up in the callback.
            _ = _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Stopped in the moment of ending.
            return;
        }
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => WithFaultsAsErrors(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => WithFaultsAsErrors(End);

    /// <summary>Takes one input object.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Acts on what was collected. Must do nothing without input: it is called even when nothing came down the pipeline.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Calls the engine and answers it until the call has settled.</summary>
    protected T Call<T>(Func<IRestoreEngine, IHostLink, CancellationToken, Task<T>> call)
    {
        IRestoreEngine engine = EngineHost.For(this);
        using var pump = new PipelinePump(_stop.Token);
        using var link = new PipelineHostLink(this, pump);

        // Both would kill the process at once, with the journal open and the lock held.
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnSignal);
        using PosixSignalRegistration hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, StopOnSignal);
        try
        {
            return pump.Drive(token => call(engine, link, token));
        }
        finally
        {
            link.Finish();
        }
    }

    private void WithFaultsAsErrors(Action work)
    {
        try
        {
            work();
        }
        catch (RestoreException fault)
        {
            foreach (RestoreException single in fault.Faults)
                WriteError(ErrorRecordFactory.From(single));
            ThrowTerminatingError(ErrorRecordFactory.From(fault));
        }
        catch (Exception e) when (e is RuntimeException or FlowControlException)
        {
            // PowerShell's own: PipelineStoppedException, ActionPreferenceStopException, a break further down.
            throw;
        }
        catch (OperationCanceledException e)
        {
            ThrowTerminatingError(ErrorRecordFactory.Stopped(e, MyInvocation.MyCommand.Name));
        }
        catch (Exception e)
        {
            ThrowTerminatingError(ErrorRecordFactory.From(e, MyInvocation.MyCommand.Name));
        }
    }

    private void StopOnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        StopProcessing();
    }
}
