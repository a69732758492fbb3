using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>The one place where faults become error records.</summary>
internal static class ErrorRecordFactory
{
    /// <summary>The record of a fault; the id, category, target and mend are the engine's.</summary>
    public static ErrorRecord From(RestoreException fault) => new(fault, fault.Id, CategoryOf(fault.Category), fault.Target)
    {
        // PowerShell prints the recommendation below the message by itself.
        ErrorDetails = new ErrorDetails(fault.Message) { RecommendedAction = fault.Mend ?? "" },
    };

    /// <summary>The record of an exception that should have been a fault.</summary>
    public static ErrorRecord From(Exception unexpected, string command) => new(unexpected, "UnexpectedFault", ErrorCategory.InvalidResult, command)
    {
        ErrorDetails = new ErrorDetails($"{command} met a fault that it does not know: {unexpected.GetType().Name}: {unexpected.Message}")
        {
            RecommendedAction = "The run's journal says how far it came; Resume-ScalarRestore goes on. Please report this with $Error[0].Exception.",
        },
    };

    /// <summary>The record of a call that ended by itself as if it had been stopped.</summary>
    public static ErrorRecord Stopped(OperationCanceledException cause, string command) => new(cause, "Stopped", ErrorCategory.OperationStopped, command)
    {
        ErrorDetails = new ErrorDetails($"{command} was stopped before it had ended.")
        {
            RecommendedAction = "Get-ScalarRestoreRun shows how far the run came; Resume-ScalarRestore goes on.",
        },
    };

    private static ErrorCategory CategoryOf(FaultCategory category) => category switch
    {
        FaultCategory.InvalidArgument => ErrorCategory.InvalidArgument,
        FaultCategory.InvalidOperation => ErrorCategory.InvalidOperation,
        FaultCategory.ObjectNotFound => ErrorCategory.ObjectNotFound,
        FaultCategory.ResourceExists => ErrorCategory.ResourceExists,
        FaultCategory.PermissionDenied => ErrorCategory.PermissionDenied,
        FaultCategory.AuthenticationError => ErrorCategory.AuthenticationError,
        FaultCategory.LimitsExceeded => ErrorCategory.LimitsExceeded,
        FaultCategory.OperationTimeout => ErrorCategory.OperationTimeout,
        FaultCategory.ParserError => ErrorCategory.ParserError,
        FaultCategory.ConnectionError => ErrorCategory.ConnectionError,
        FaultCategory.ResourceBusy => ErrorCategory.ResourceBusy,
        FaultCategory.InvalidData => ErrorCategory.InvalidData,
        FaultCategory.OperationStopped => ErrorCategory.OperationStopped,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "A fault category without an error category."),
    };
}
