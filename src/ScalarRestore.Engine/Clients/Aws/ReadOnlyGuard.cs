using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>
/// A stage of the SDK's pipeline that lets only reads through while planning. It judges the marshalled request, thus what would go over the
/// wire, so that nothing above it can forget to ask.
/// </summary>
internal sealed class ReadOnlyGuard(ServiceMode mode) : PipelineHandler
{
    private static readonly string[] Prefixes = ["Describe", "List", "Get", "BatchGet"];
    private static readonly string[] Names = ["Scan", "Query"];

    /// <summary>Whether an operation only reads. What is not known is not a read.</summary>
    public static bool IsRead(string operation) =>
        Array.Exists(Prefixes, p => operation.StartsWith(p, StringComparison.Ordinal)) || Names.Contains(operation, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void InvokeSync(IExecutionContext executionContext)
    {
        Check(executionContext.RequestContext.Request);
        base.InvokeSync(executionContext);
    }

    /// <inheritdoc/>
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Check(executionContext.RequestContext.Request);
        return base.InvokeAsync<T>(executionContext);
    }

    private void Check(IRequest request)
    {
        if (mode != ServiceMode.ReadOnly)
            return;

        var operation = OperationOf(request);
        if (!IsRead(operation))
        {
            throw new RestoreException(
                "ReadOnlyMode",
                FaultCategory.InvalidOperation,
                $"{request.ServiceName} {operation} was refused: only reads are allowed while planning.",
                operation,
                "Run the command without -WhatIf and -PlanOnly to make changes.");
        }
    }

    private static string OperationOf(IRequest request)
    {
        if (request.Headers.TryGetValue("X-Amz-Target", out var target))
            return target[(target.LastIndexOf('.') + 1)..];
        return request.Parameters.TryGetValue("Action", out var action) ? action : request.RequestName;
    }
}
