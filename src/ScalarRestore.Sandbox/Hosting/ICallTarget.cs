namespace ScalarRestore.Sandbox.Hosting;

/// <summary>A fake service behind one listener. The <see cref="CallPipeline"/> puts faults and the call log around it.</summary>
internal interface ICallTarget
{
    /// <summary>Says what the request is about, without doing it.</summary>
    ValueTask<CallDescription> DescribeAsync(HttpContext context);

    /// <summary>Does the work and writes the answer.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>Answers an injected fault in the service's own protocol.</summary>
    Task RefuseAsync(HttpContext context, Refusal refusal);
}
