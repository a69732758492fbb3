namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What every call to a fake service goes through: the fault plan before and after the work, and the call log.</summary>
internal sealed class CallPipeline(SandboxClock clock, FaultPlan faults, CallLog calls, KillTarget killTarget)
{
    public async Task RunAsync(HttpContext context, ICallTarget target)
    {
        var at = clock.Now;
        var call = await target.DescribeAsync(context);
        var fault = faults.Next(call);

        // A call is on record before its caller can know how it ended: who asks for the calls then finds it, in its place.
        var recorded = false;
        if (fault?.Effect is not FaultEffect.LoseAnswer)
        {
            context.Response.OnStarting(() =>
            {
                Record(context.Response.StatusCode);
                return Task.CompletedTask;
            });
        }

        try
        {
            if (!await RunAsync(context, target, fault))
            {
                Record(0);
                if (fault?.Effect is FaultEffect.Kill)
                {
                    killTarget.Kill();
                }

                context.Abort();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller gave up.
            Record(0);
        }
        catch
        {
            Record(StatusCodes.Status500InternalServerError);
            throw;
        }

        void Record(int status)
        {
            if (!recorded)
            {
                recorded = true;
                calls.Add(call.Service, call.Operation, call.Resource, call.IsWrite, status, at);
            }
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
        }

        return false;
    }
}
