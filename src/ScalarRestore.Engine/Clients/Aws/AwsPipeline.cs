using Amazon.Runtime.Internal;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>What every client's pipeline has in common.</summary>
internal static class AwsPipeline
{
    /// <summary>
    /// Puts the guard in and takes the SDK's retries out. Allowing it no retries is not enough: after a connection reset it sends the same
    /// request up to ten times more whatever it was told, and so makes ten backups of one.
    /// </summary>
    public static void Harden(RuntimePipeline pipeline, ServiceMode mode)
    {
        pipeline.RemoveHandler<RetryHandler>();
        pipeline.AddHandlerAfter<Marshaller>(new ReadOnlyGuard(mode));
    }
}
