namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What every call to a fake service goes through: the fault plan before and after the work, and the call log.</summary>
internal sealed class CallPipeline(SandboxClock clock, FaultPlan faults, CallLog calls, KillTarget killTarget)
{
    public async Task RunAsync(HttpContext context, ICallTarget target)
    {
        var at = clock.Now;
        var call = await target.DescribeAsync(context);
        var answered = false;
        try
        {
            answered = await RunAsync(context, target, faults.Next(call));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller gave up.
        }
        finally
        {
            calls.Add(call.Service, call.Operation, call.Resource, call.IsWrite, answered ? context.Response.StatusCode : 0, at);
        }
    }

    private async Task<bool> RunAsync(HttpContext context, ICallTarget target, FaultRule? fault)
    {
        switch (fault?.Effect)
        {
            case null:
                await target.HandleAsync(context);
                return true;
            case FaultEffect.Delay:
                await clock.Delay(TimeSpan.FromSeconds(fault.DelaySeconds ?? 1), context.RequestAborted);
                await target.HandleAsync(context);
                return true;
            case FaultEffect.Throttle or FaultEffect.Error:
                await target.RefuseAsync(context, new Refusal(fault.Effect is FaultEffect.Throttle, fault.Code, fault.Status));
                return true;
            case FaultEffect.LoseAnswer:
                // Kestrel sends what is written to the body at once, so the answer goes to nowhere instead.
                context.Response.Body = Stream.Null;
                await target.HandleAsync(context);
                break;
            case FaultEffect.Hang:
                await (fault.DelaySeconds is { } seconds
                    ? clock.Delay(TimeSpan.FromSeconds(seconds), context.RequestAborted)
                    : Task.Delay(Timeout.Infinite, context.RequestAborted));
                break;
            case FaultEffect.Kill:
                killTarget.Kill();
                break;
        }

        context.Abort();
        return false;
    }
}
