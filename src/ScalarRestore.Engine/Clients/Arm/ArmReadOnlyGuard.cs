using Azure.Core;
using Azure.Core.Pipeline;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// A stage of the pipeline that lets only reads through while planning. It judges the request as it would go over the wire, so that nothing
/// above it can forget to ask.
/// </summary>
internal sealed class ArmReadOnlyGuard(ServiceMode mode) : HttpPipelinePolicy
{
    // They are sent by POST and change nothing. listKeys is not among them: a plan needs no keys.
    private static readonly string[] ReadingActions = ["retrieveContinuousBackupInformation", "checkNameAvailability"];

    // It hands out secrets, and changes nothing.
    private const string KeyAction = "listKeys";

    /// <summary>Whether a call may be sent again although nobody knows whether it was done: it changes nothing.</summary>
    public static bool ChangesNothing(string method, ArmPath path) => IsRead(method, path) || (method == "POST" && ActionOf(path).Equals(KeyAction, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a call only reads. What is not known is not a read.</summary>
    public static bool IsRead(string method, ArmPath path) => method switch
    {
        "GET" or "HEAD" => true,
        "POST" => ReadingActions.Contains(ActionOf(path), StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message.Request);
        ProcessNext(message, pipeline);
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message.Request);
        return ProcessNextAsync(message, pipeline);
    }

    private static string ActionOf(ArmPath path) => path.ResourceType[(path.ResourceType.LastIndexOf('/') + 1)..];

    private void Check(Request request)
    {
        if (mode != ServiceMode.ReadOnly)
            return;

        var path = ArmPath.OfUrl(request.Uri.ToUri());
        if (!IsRead(request.Method.Method, path))
        {
            throw new RestoreException(
                "ReadOnlyMode",
                FaultCategory.InvalidOperation,
                $"{request.Method.Method} {path} was refused: only reads are allowed while planning.",
                path.Path,
                "Run the command without -WhatIf and -PlanOnly to make changes.");
        }
    }
}
