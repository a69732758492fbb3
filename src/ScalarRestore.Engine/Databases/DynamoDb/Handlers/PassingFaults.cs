using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>Which faults pass by themselves.</summary>
internal static class PassingFaults
{
    /// <summary>
    /// Whether a refused or unanswered call may be decided anew after another look. What is not known to pass by itself is not retried.
    /// </summary>
    public static bool MayPass(RestoreException fault) =>
        fault.Retryable || fault.ServiceCode is "TableInUseException" or "ResourceInUseException" or "BackupInUseException" or "ContinuousBackupsUnavailableException"
            or "TableAlreadyExistsException" or "InternalServerError"
        || (fault.ServiceCode == DynamoDbService.LimitExceeded && IsAboutConcurrency(fault.Message));

    // The same code also says that the account has too many tables or that a change is limited per day, which no waiting of ours mends.
    private static bool IsAboutConcurrency(string message) =>
        message.Contains("simultaneous", StringComparison.OrdinalIgnoreCase)
        || message.Contains("concurrent", StringComparison.OrdinalIgnoreCase)
        || message.Contains("in progress", StringComparison.OrdinalIgnoreCase);
}
